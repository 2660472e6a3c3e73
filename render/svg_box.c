/* SPDX-License-Identifier: MIT */
/* Boxes of namespaces around the processes of a container. */
#include "svg_box.h"

#include "alloc.h"
#include "label.h"
#include "lookup.h"

#include <stdlib.h>

enum { LABEL_HEIGHT = 16, PADDING = 5, LABEL_INDENT = 8, AROUND = 6 };
enum { BOX_DEPTH = 16 }; /* containers in containers */

static const struct ct_pen label_pen = {
	.size = 10.5, .bold = true, .fill = "#2f5a27", .halo = true
};

static int compare_levels(const void *left, const void *right)
{
	const struct ct_level *a = left, *b = right;

	if (a->t_ns != b->t_ns)
		return a->t_ns < b->t_ns ? -1 : 1;
	return (a->joined > b->joined) - (a->joined < b->joined);
}

static struct ct_level *level_of(struct ct_box *box, const struct ct_container_ns *ns)
{
	bool joined = ns->how == CT_NS_SETNS;

	for (int i = 0; i < box->n_levels; i++)
		if (box->levels[i].t_ns == ns->t_ns && box->levels[i].joined == joined)
			return &box->levels[i];
	box->levels[box->n_levels] =
		(struct ct_level){ .joined = joined, .t_ns = ns->t_ns, .by = ns->by };
	return &box->levels[box->n_levels++];
}

static void find_levels(struct ct_box *box, const struct ct_container *c)
{
	for (int type = 0; type < CT_NS_TYPES; type++)
		if (c->ns[type].how != CT_NS_SHARED)
			level_of(box, &c->ns[type])->types |= 1U << type;
	if (!box->n_levels)
		box->levels[box->n_levels++] = (struct ct_level){ .t_ns = -1, .by = -1 };
	qsort(box->levels, (size_t)box->n_levels, sizeof(*box->levels), compare_levels);
}

/* "container 3520e0d77aab · joined net · by podman 6422" */
static char *label_of(const struct ct_model *model, const struct ct_container *c,
		      const struct ct_level *level, bool outermost)
{
	struct ct_strbuf label = CT_STRBUF_INIT;

	if (outermost) {
		ct_strbuf_adds(&label, "container ");
		ct_label_id(&label, c->id);
		ct_strbuf_adds(&label, " · ");
	}
	if (!level->types) {
		ct_strbuf_adds(&label, "only the host's namespaces");
		return ct_strbuf_steal(&label);
	}
	ct_strbuf_adds(&label, level->joined ? "joined" : "new");
	for (int type = 0; type < CT_NS_TYPES; type++)
		if (level->types & 1U << type)
			ct_strbuf_addf(&label, " %s", ct_ns_name((enum ct_ns)type));
	if (level->by >= 0 && level->by != c->init) {
		ct_strbuf_adds(&label, level->joined ? " · from " : " · made by ");
		ct_label_process(&label, model, level->by);
	}
	return ct_strbuf_steal(&label);
}

static void add_box(struct ct_boxes *boxes, const struct ct_model *model, int container,
		    size_t band)
{
	const struct ct_container *c = ct_container_at(model, container);
	struct ct_box *box = ct_push(boxes->items, boxes->n, boxes->cap);

	box->first = box->last = band;
	box->container = container;
	find_levels(box, c);
	for (int i = 0; i < box->n_levels; i++)
		box->levels[i].label = label_of(model, c, &box->levels[i], !i);
}

static double open_box(struct ct_box *box, double y)
{
	y += AROUND;
	for (int i = 0; i < box->n_levels; i++)
		box->levels[i].top = y + LABEL_HEIGHT * i;
	return y + LABEL_HEIGHT * box->n_levels;
}

static double close_box(struct ct_box *box, double y)
{
	for (int i = box->n_levels; i-- > 0;) {
		y += PADDING;
		box->levels[i].bottom = y;
	}
	return y + AROUND;
}

/* Is it that container, or one that was started somewhere in it? */
static bool is_within(const struct ct_model *model, int container, int outer)
{
	const struct ct_container *c = ct_container_at(model, container);

	for (int i = 0; c && i < BOX_DEPTH; i++) {
		if (container == outer)
			return true;
		container = c->outer;
		c = ct_container_at(model, container);
	}
	return false;
}

/* A box is open until a band comes that is not of its container, nor of one in it. */
double ct_boxes_init(struct ct_boxes *boxes, const struct ct_model *model,
		     struct ct_bands *bands, double top)
{
	enum { BEFORE_STEPS = 14 };
	double y = top;
	int open = -1; /* the innermost box */

	*boxes = (struct ct_boxes){ 0 };
	for (size_t i = 0; i < bands->n; i++) {
		struct ct_band *band = &bands->items[i];

		while (open >= 0 &&
		       !is_within(model, band->container, boxes->items[open].container)) {
			y = close_box(&boxes->items[open], y);
			open = boxes->items[open].outer;
		}
		if (band->container >= 0 &&
		    (open < 0 || boxes->items[open].container != band->container)) {
			add_box(boxes, model, band->container, i);
			boxes->items[boxes->n - 1].outer = open;
			open = (int)boxes->n - 1;
			y = open_box(&boxes->items[open], y);
		}
		for (int b = open; b >= 0; b = boxes->items[b].outer)
			boxes->items[b].last = i;
		y += band->heading ? BEFORE_STEPS : 0;
		band->y = y + CT_BAND_HEIGHT / 2.0;
		y += CT_BAND_HEIGHT;
	}
	for (; open >= 0; open = boxes->items[open].outer)
		y = close_box(&boxes->items[open], y);
	return y;
}

/* What the innermost box must be around. */
static void find_content(const struct ct_box *box, const struct ct_bands *bands,
			 double *left, double *right)
{
	*left = bands->items[box->first].x;
	*right = 0;
	for (size_t i = box->first; i <= box->last; i++) {
		const struct ct_band *b = &bands->items[i];
		double from = b->x, to = b->x + b->width;

		if (b->anchor == CT_ANCHOR_END && b->text_x - b->text_width < from)
			from = b->text_x - b->text_width;
		if (b->anchor == CT_ANCHOR_START && b->text_x + b->text_width > to)
			to = b->text_x + b->text_width;
		*left = from < *left ? from : *left;
		*right = to > *right ? to : *right;
	}
}

/* The boxes in a box come behind it, and it is around them, too. */
static void widen_by_inner(const struct ct_boxes *boxes, size_t outer, double *from,
			   double *to)
{
	for (size_t in = outer + 1; in < boxes->n; in++) {
		const struct ct_level *l = &boxes->items[in].levels[0];

		if (boxes->items[in].outer != (int)outer)
			continue;
		*from = l->left < *from ? l->left : *from;
		*to = l->right > *to ? l->right : *to;
	}
}

void ct_boxes_place(struct ct_boxes *boxes, const struct ct_bands *bands,
		    const struct ct_columns *columns, double left, double right)
{
	for (size_t i = boxes->n; i-- > 0;) {
		struct ct_box *box = &boxes->items[i];
		double from, to;

		find_content(box, bands, &from, &to);
		widen_by_inner(boxes, i, &from, &to);
		for (int j = box->n_levels; j-- > 0;) {
			struct ct_level *l = &box->levels[j];
			double made = l->t_ns < 0 ? from : ct_columns_x(columns, l->t_ns);
			double need =
				ct_svg_width(&label_pen, l->label) + 2 * LABEL_INDENT + 1;

			from = made < from - PADDING ? made : from - PADDING;
			/* made so late that its name has no room */
			if (from + need > right)
				from = right - need;
			from = from < left ? left : from;
			to = from + need > to ? from + need : to + PADDING;
			to = to > right ? right : to;
			l->left = from;
			l->right = to;
		}
	}
}

void ct_boxes_draw(struct ct_strbuf *out, const struct ct_boxes *boxes)
{
	for (size_t i = 0; i < boxes->n; i++)
		for (int j = 0; j < boxes->items[i].n_levels; j++) {
			const struct ct_level *l = &boxes->items[i].levels[j];

			ct_strbuf_addf(out,
				       "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
				       "height=\"%.1f\" rx=\"4\" fill=\"#4a7c3f\" "
				       "fill-opacity=\"0.07\" stroke=\"#4a7c3f\"%s/>\n",
				       l->left, l->top, l->right - l->left,
				       l->bottom - l->top,
				       l->joined ? " stroke-dasharray=\"5 3\"" : "");
		}
}

void ct_boxes_label(struct ct_strbuf *out, const struct ct_boxes *boxes)
{
	for (size_t i = 0; i < boxes->n; i++)
		for (int j = 0; j < boxes->items[i].n_levels; j++) {
			const struct ct_level *l = &boxes->items[i].levels[j];
			struct ct_spot spot = { .x = l->left + LABEL_INDENT,
						.y = l->top + LABEL_HEIGHT - PADDING,
						.room = l->right - l->left -
							2 * LABEL_INDENT };

			ct_svg_text(out, &label_pen, &spot, l->label);
		}
}

void ct_boxes_release(struct ct_boxes *boxes)
{
	for (size_t i = 0; i < boxes->n; i++)
		for (int j = 0; j < boxes->items[i].n_levels; j++)
			free(boxes->items[i].levels[j].label);
	free(boxes->items);
	*boxes = (struct ct_boxes){ 0 };
}
