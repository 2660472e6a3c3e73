/* SPDX-License-Identifier: MIT */
/* Arrows of hand-overs: which are drawn, where, and what they mean. */
#include "svg_arrow.h"

#include "alloc.h"
#include "escape.h"
#include "handover.h"
#include "label.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ARROWS_MAX = 40, HEAD = 7, TAIL = 3 };

#define INK "#5b2a86"

static const struct line {
	double width;
	const char *dashes;                        /* "": none */
	enum { BARE, DIAMOND, SQUARE, RING } tail; /* where it begins */
} lines[CT_HANDOVER_KINDS] = {
	[CT_HANDOVER_NAMESPACE] = { 1.2, "", DIAMOND },
	[CT_HANDOVER_CGROUP] = { 1.2, "", SQUARE },
	[CT_HANDOVER_MESSAGE] = { 1.2, "4 3", BARE },
	[CT_HANDOVER_FIFO] = { 2.4, "", RING },
	[CT_HANDOVER_CONSOLE] = { 1.6, "1 3", RING },
};

/* Their bars, clear of them by a hair, on the sides that face each other. */
static void place(struct ct_arrow *a, const struct ct_model *model,
		  const struct ct_band *from, const struct ct_band *to,
		  const struct ct_columns *columns)
{
	const struct ct_handover *h = a->handover;
	int64_t got_ns = h->to_ns > h->from_ns ? h->to_ns : h->from_ns;
	int64_t born_ns = model->processes[h->to].born_ns;
	double down = to->y > from->y ? CT_BAR_HEIGHT / 2.0 : -CT_BAR_HEIGHT / 2.0;

	a->x0 = ct_columns_x(columns, h->from_ns);
	a->x1 = ct_columns_x(columns, got_ns > born_ns ? got_ns : born_ns);
	a->x0 = a->x0 < from->x + 1 ? from->x + 1 : a->x0;
	a->x1 = a->x1 < to->x + 1 ? to->x + 1 : a->x1;
	/* a bar that is too thin for its time was moved to the left of it */
	if (a->x1 > to->x + to->width - 1 && a->x1 < to->x + to->width + TAIL)
		a->x1 = to->x + to->width - 1;
	a->y0 = from->y + down;
	a->y1 = to->y - down;
}

/* On one that is drawn already it could not be seen. */
static bool is_covered(const struct ct_arrows *arrows, const struct ct_arrow *a)
{
	for (size_t i = 0; i < arrows->n; i++) {
		const struct ct_arrow *b = &arrows->items[i];

		if (b->handover->kind == a->handover->kind && fabs(b->y0 - a->y0) < 1 &&
		    fabs(b->y1 - a->y1) < 1 && fabs(b->x0 - a->x0) < HEAD &&
		    fabs(b->x1 - a->x1) < HEAD)
			return true;
	}
	return false;
}

static void add(struct ct_arrows *arrows, const struct ct_model *model,
		const struct ct_bands *bands, const struct ct_columns *columns,
		const struct ct_handover *h)
{
	struct ct_arrow a = { .handover = h };
	int from = bands->of[h->from], to = bands->of[h->to];

	if (from < 0 || to < 0 || from == to)
		return;
	if (model->selection && !model->selection->facts[h->event])
		return;
	place(&a, model, &bands->items[from], &bands->items[to], columns);
	if (is_covered(arrows, &a))
		return;
	if (arrows->n == ARROWS_MAX)
		arrows->left_out++;
	else
		*ct_push(arrows->items, arrows->n, arrows->cap) = a;
}

void ct_arrows_init(struct ct_arrows *arrows, const struct ct_model *model,
		    const struct ct_bands *bands, const struct ct_columns *columns)
{
	*arrows = (struct ct_arrows){ 0 };
	/* of the many, messages say least: they come last. A birth has its line already
	 */
	for (int last = 0; last < 2; last++)
		for (size_t i = 0; i < model->n_handovers; i++) {
			const struct ct_handover *h = &model->handovers[i];

			if (h->kind != CT_HANDOVER_FORK &&
			    (h->kind == CT_HANDOVER_MESSAGE) == last)
				add(arrows, model, bands, columns, h);
		}
}

void ct_arrows_release(struct ct_arrows *arrows)
{
	free(arrows->items);
	*arrows = (struct ct_arrows){ 0 };
}

static void draw_tail(struct ct_strbuf *out, const struct line *line, double x, double y)
{
	if (line->tail == DIAMOND)
		ct_strbuf_addf(out, "<path d=\"M%.1f %.1fl3.5 4-3.5 4-3.5-4z\"/>", x,
			       y - 4);
	if (line->tail == SQUARE)
		ct_strbuf_addf(out,
			       "<rect x=\"%.1f\" y=\"%.1f\" width=\"6\" height=\"6\"/>",
			       x - TAIL, y - TAIL);
	if (line->tail == RING)
		ct_strbuf_addf(out,
			       "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" "
			       "fill=\"#ffffff\" stroke=\"" INK "\" "
			       "stroke-width=\"1.5\"/>",
			       x, y);
}

/* The line, then its head in the direction (dx, dy) at its end, then its tail. */
static void draw_line(struct ct_strbuf *out, const struct line *line, const char *path,
		      const struct ct_arrow *a, double dx, double dy)
{
	const double half = HEAD / 2.0;

	ct_strbuf_addf(out,
		       "<path d=\"%s\" fill=\"none\" stroke=\"" INK "\" "
		       "stroke-width=\"%g\"%s%s%s/>",
		       path, line->width, *line->dashes ? " stroke-dasharray=\"" : "",
		       line->dashes, *line->dashes ? "\"" : "");
	ct_strbuf_addf(out, "<path d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fz\"/>", a->x1, a->y1,
		       a->x1 - dx * HEAD + dy * half, a->y1 - dy * HEAD + dx * half,
		       a->x1 - dx * HEAD - dy * half, a->y1 - dy * HEAD - dx * half);
	draw_tail(out, line, a->x0, a->y0);
}

static const struct {
	const char *does, *is;
} words[CT_HANDOVER_KINDS] = {
#define HANDOVER(kind, does, is) [CT_HANDOVER_##kind] = { does, is },
#include "handover.def"
#undef HANDOVER
};

/* What a viewer says when somebody points at it. */
static void add_title(struct ct_strbuf *out, const struct ct_arrow *a,
		      const struct ct_model *model)
{
	const struct ct_handover *h = a->handover;
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	ct_label_process(&text, model, h->from);
	ct_strbuf_addf(&text, " %s ", words[h->kind].does);
	ct_label_process(&text, model, h->to);
	if (*h->label) {
		ct_strbuf_adds(&text, ": ");
		ct_label_text(&text, h->label, strlen(h->label), true);
	}
	ct_strbuf_adds(out, "<title>");
	ct_escape_xml(out, text.data, text.len);
	ct_strbuf_adds(out, "</title>");
}

void ct_arrows_draw(struct ct_strbuf *out, const struct ct_arrows *arrows,
		    const struct ct_model *model)
{
	for (size_t i = 0; i < arrows->n; i++) {
		const struct ct_arrow *a = &arrows->items[i];
		double down = a->y1 > a->y0 ? 1 : -1;
		double end = a->y1 - down * HEAD, middle = (a->y0 + end) / 2;
		CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;

		ct_strbuf_addf(&path, "M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f", a->x0,
			       a->y0, a->x0, middle, a->x1, middle, a->x1, end);
		ct_strbuf_addf(out, "<g class=\"%s\" fill=\"" INK "\">",
			       ct_handover_kind_name(a->handover->kind));
		add_title(out, a, model);
		draw_line(out, &lines[a->handover->kind], path.data, a, 0, down);
		ct_strbuf_adds(out, "</g>\n");
	}
}

static bool has_kind(const struct ct_arrows *arrows, enum ct_handover_kind kind)
{
	for (size_t i = 0; i < arrows->n; i++)
		if (arrows->items[i].handover->kind == kind)
			return true;
	return false;
}

size_t ct_arrows_count_kinds(const struct ct_arrows *arrows)
{
	size_t n = 0;

	for (int kind = 0; kind < CT_HANDOVER_KINDS; kind++)
		n += has_kind(arrows, (enum ct_handover_kind)kind);
	return n;
}

void ct_arrows_legend(struct ct_strbuf *out, const struct ct_arrows *arrows,
		      const struct ct_spot *first, double line_height)
{
	enum { SAMPLE = 44, GAP = 10, ABOVE = 4 };
	static const struct ct_pen pen = { .size = CT_BAND_FONT, .fill = "#1a1a1a" };
	double y = first->y;

	for (int kind = 0; kind < CT_HANDOVER_KINDS; kind++) {
		struct ct_arrow a = { .x0 = first->x + TAIL,
				      .y0 = y - ABOVE,
				      .x1 = first->x + SAMPLE,
				      .y1 = y - ABOVE };
		struct ct_spot spot = { .x = first->x + SAMPLE + GAP,
					.y = y,
					.room = first->room - SAMPLE - GAP };
		CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;

		if (!has_kind(arrows, (enum ct_handover_kind)kind))
			continue;
		ct_strbuf_addf(&path, "M%.1f %.1fH%.1f", a.x0, a.y0, a.x1 - HEAD);
		ct_strbuf_adds(out, "<g fill=\"" INK "\">");
		draw_line(out, &lines[kind], path.data, &a, 1, 0);
		ct_strbuf_adds(out, "</g>\n");
		ct_svg_text(out, &pen, &spot, words[kind].is);
		y += line_height;
	}
}
