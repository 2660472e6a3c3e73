/* SPDX-License-Identifier: MIT */
/*
 * One start as a figure: phases across, processes down, the container's namespaces as
 * boxes that appear when they are made, and below them the runtime's steps.
 */
#include "escape.h"
#include "filter_note.h"
#include "formats.h"
#include "headline.h"
#include "label.h"
#include "lesson.h"
#include "lookup.h"
#include "svg_arrow.h"
#include "svg_box.h"
#include "svg_meters.h"

#include <string.h>

enum {
	MARGIN = 24,
	WIDTH = 1200,
	NARROWEST = 640,
	WIDEST = 10000,
	BODY_TOP = 112, /* below the title and the names of the phases */
	INDENT = 10,
	LINE = 17, /* of text at the bottom */
	FINDINGS_MAX = 3,
};

struct figure {
	struct ct_strbuf *out;
	const struct ct_model *model;
	const struct ct_render_options *options;
	struct ct_bands bands;
	struct ct_columns columns;
	struct ct_boxes boxes;
	struct ct_arrows arrows;
	double width, height;
	double left, right, bottom; /* of the part with the bars */
	double meters;              /* where the curves begin, in there */
};

static const struct ct_pen plain = { .size = CT_BAND_FONT, .fill = "#1a1a1a" };
static const struct ct_pen strong = { .size = CT_BAND_FONT,
				      .bold = true,
				      .fill = "#1a1a1a" };
static const struct ct_pen grey = { .size = CT_BAND_FONT, .fill = "#555555" };
/* darker than the outlines: to be read on any bar, in grey, too */
static const struct ct_pen alarm = { .size = CT_BAND_FONT,
				     .bold = true,
				     .fill = "#86001a" };

/* The names at the left take what they need, within a quarter of the figure. */
static double names_width(const struct figure *f)
{
	double widest = 0;

	for (size_t i = 0; i < f->bands.n; i++) {
		const struct ct_band *b = &f->bands.items[i];
		double width = ct_svg_width(b->heading ? &strong : &plain, b->name) +
			       b->indent * INDENT;

		widest = width > widest ? width : widest;
	}
	return widest < f->width / 4 ? widest : f->width / 4;
}

static bool has_cause(const struct ct_finding *finding)
{
	return finding->cause && *finding->cause;
}

static size_t count_finding_lines(const struct ct_model *model)
{
	size_t n = 0, lines = 0;

	for (size_t i = 0; i < model->n_findings && n < FINDINGS_MAX; i++) {
		if (!strcmp(model->findings[i].severity, "info"))
			continue;
		n++;
		lines += has_cause(&model->findings[i]) ? 2 : 1;
	}
	return lines;
}

static const struct ct_lesson *lesson_of_step(const struct figure *f, enum ct_step step)
{
	return f->options->lessons ? ct_lesson_of_step(f->model, step) : NULL;
}

static size_t count_lessons(const struct figure *f)
{
	size_t n = 0;

	for (int step = CT_STEP_NONE + 1; step < CT_STEPS; step++)
		n += lesson_of_step(f, (enum ct_step)step) != NULL;
	return n;
}

static void lay_out(struct figure *f)
{
	const int gap = 12;
	int pixels = f->options->pixels ? f->options->pixels : WIDTH;

	f->width = pixels < NARROWEST ? NARROWEST : pixels > WIDEST ? WIDEST : pixels;
	ct_bands_init(&f->bands, f->model, f->options->verbose);
	f->left = MARGIN + names_width(f) + gap;
	f->right = f->width - MARGIN;
	ct_columns_init(&f->columns, f->model, f->left, f->right);
	f->meters = ct_boxes_init(&f->boxes, f->model, &f->bands, BODY_TOP) + gap;
	f->bottom = f->meters + ct_svg_meters_height(f->model);
	ct_bands_place(&f->bands, &f->columns, f->left, f->right);
	ct_boxes_place(&f->boxes, &f->bands, &f->columns, f->left, f->right);
	ct_arrows_init(&f->arrows, f->model, &f->bands, &f->columns);
	f->height = f->bottom + gap +
		    LINE * (double)(ct_arrows_count_kinds(&f->arrows) + count_lessons(f) +
				    count_finding_lines(f->model) + 1);
}

static void draw_title(const struct figure *f)
{
	static const struct ct_pen title = { .size = 20,
					     .bold = true,
					     .fill = "#111111" };
	static const struct ct_pen outcome = { .size = 13, .fill = "#444444" };
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	struct ct_spot spot = { .x = MARGIN, .y = 36, .room = f->width - 2 * MARGIN };

	if (f->options->title)
		ct_strbuf_adds(&sb, f->options->title);
	else
		ct_headline_subject(&sb, f->model);
	ct_svg_text(f->out, &title, &spot, sb.data);
	ct_strbuf_reset(&sb);
	ct_headline_outcome(&sb, f->model);
	ct_filter_note(&sb, f->model, " · ");
	if (!f->model->complete)
		ct_strbuf_adds(&sb, " · the trace is cut off");
	spot.y = 58;
	ct_svg_text(f->out, &outcome, &spot, sb.data);
}

/* A column's name and how long it takes; every other one has a shade. */
static void draw_columns(const struct figure *f)
{
	for (size_t i = 0; i < f->columns.n; i++) {
		const struct ct_column *c = &f->columns.items[i];
		struct ct_spot spot = { .x = c->x + 5, .y = 86, .room = c->width - 8 };
		CT_CLEANUP_STRBUF struct ct_strbuf length = CT_STRBUF_INIT;

		ct_strbuf_addf(f->out,
			       "<rect x=\"%.1f\" y=\"70\" width=\"%.1f\" height=\"%.1f\" "
			       "fill=\"%s\"/>\n",
			       c->x, c->width, f->bottom - 70,
			       i % 2 ? "#ffffff" : "#f4f4f4");
		ct_svg_text(f->out, &strong, &spot,
			    c->phase < 0 ? "time" : f->model->phases[c->phase].name);
		ct_label_duration(&length, c->end_ns - c->start_ns);
		spot.y = 101;
		ct_svg_text(f->out, &grey, &spot, length.data);
	}
	ct_strbuf_addf(f->out,
		       "<path d=\"M%.1f 107H%.1f\" stroke=\"#888888\" fill=\"none\"/>\n",
		       f->left, f->right);
}

/*
 * Who made whom: down from the parent's bar to where the child's begins; along the
 * parent's line first, when it was made by a process that has no line of its own.
 */
static void draw_births(const struct figure *f)
{
	for (size_t i = 0; i < f->bands.n; i++) {
		const struct ct_band *b = &f->bands.items[i], *parent;
		double end;

		if (b->parent < 0)
			continue;
		parent = &f->bands.items[b->parent];
		end = parent->x + parent->width;
		ct_strbuf_addf(f->out, "<path d=\"M%.1f %.1f",
			       end < b->x ? end : b->x + 1, parent->y);
		if (end < b->x)
			ct_strbuf_addf(f->out, "H%.1f", b->x + 1);
		ct_strbuf_addf(f->out, "V%.1f\" stroke=\"#999999\" fill=\"none\"/>\n",
			       b->y);
	}
}

static void draw_bar(const struct figure *f, const struct ct_band *b)
{
	double end = b->x + b->width, payload;

	ct_strbuf_addf(f->out,
		       "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" "
		       "rx=\"2\" fill=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>\n",
		       b->x, b->y - CT_BAR_HEIGHT / 2.0, b->width, CT_BAR_HEIGHT, b->fill,
		       b->bad ? "#b00020" : "#555555", b->bad ? "2" : "0.7");
	if (b->payload_ns < 0)
		return;
	/* from here on the container's own program runs */
	payload = ct_columns_x(&f->columns, b->payload_ns);
	payload = payload > end - 2 ? end - 2 : payload;
	if (payload >= b->x)
		ct_strbuf_addf(f->out,
			       "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
			       "height=\"3\" fill=\"#2f5a27\"/>\n",
			       payload, b->y + CT_BAR_HEIGHT / 2.0 - 3, end - payload);
}

static void draw_band(const struct figure *f, const struct ct_band *b)
{
	const int under = 4; /* the base line below the middle */
	double indent = MARGIN + b->indent * INDENT;
	struct ct_spot name = { .x = indent,
				.y = b->y + under,
				.room = f->left - 8 - indent };
	struct ct_pen pen = b->bad ? alarm : plain;
	struct ct_spot text = { .x = b->text_x,
				.y = b->y + under,
				.anchor = b->anchor,
				.room = b->text_width + 0.1 };

	ct_svg_text(f->out, b->heading ? &strong : &plain, &name, b->name);
	if (b->heading)
		return;
	draw_bar(f, b);
	pen.halo = text.x < b->x || text.x > b->x + b->width;
	ct_svg_text(f->out, &pen, &text, b->text);
}

/* What the numbered steps are for. */
static double draw_lessons(const struct figure *f, double y)
{
	for (int step = CT_STEP_NONE + 1; step < CT_STEPS; step++) {
		const struct ct_lesson *lesson = lesson_of_step(f, (enum ct_step)step);
		struct ct_spot spot = { .x = MARGIN, .room = f->width - 2 * MARGIN };
		CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

		if (!lesson)
			continue;
		ct_lesson_add_named(&text, lesson);
		spot.y = y += LINE;
		ct_svg_text(f->out, &plain, &spot, text.data);
	}
	return y;
}

static void draw_findings(const struct figure *f, double y)
{
	size_t drawn = 0;

	for (size_t i = 0; i < f->model->n_findings && drawn < FINDINGS_MAX; i++) {
		const struct ct_finding *finding = &f->model->findings[i];
		struct ct_spot spot = { .x = MARGIN, .room = f->width - 2 * MARGIN };
		CT_CLEANUP_STRBUF struct ct_strbuf title = CT_STRBUF_INIT;

		if (!strcmp(finding->severity, "info"))
			continue;
		drawn++;
		ct_strbuf_addf(&title, "%s: ", finding->severity);
		ct_label_text(&title, finding->title, strlen(finding->title), true);
		spot.y = y += LINE;
		ct_svg_text(f->out, &alarm, &spot, title.data);
		if (!has_cause(finding))
			continue;
		spot.y = y += LINE;
		ct_svg_text(f->out, &plain, &spot, finding->cause);
	}
}

static void draw_footer(const struct figure *f)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	struct ct_spot spot = { .x = MARGIN,
				.y = f->height - 10,
				.room = f->width - 2 * MARGIN };
	struct ct_spot legend = spot;
	double y;

	legend.y = f->bottom + LINE;
	ct_arrows_legend(f->out, &f->arrows, &legend, LINE);
	y = f->bottom + LINE * (double)ct_arrows_count_kinds(&f->arrows);
	draw_findings(f, draw_lessons(f, y));
	if (f->columns.n > 1)
		ct_strbuf_adds(&sb, "every phase has its own scale of time");
	if (*f->bands.left_out)
		ct_strbuf_addf(&sb, "%s%s", sb.len ? " · " : "", f->bands.left_out);
	if (f->arrows.left_out)
		ct_strbuf_addf(&sb, "%s%zu hand-overs are not drawn", sb.len ? " · " : "",
			       f->arrows.left_out);
	ct_svg_text(f->out, &grey, &spot, sb.data);
}

static int render_svg(struct ct_strbuf *out, const struct ct_model *model,
		      const struct ct_render_options *options, struct ct_error *err)
{
	struct figure f = { .out = out, .model = model, .options = options };

	(void)err;
	lay_out(&f);
	ct_strbuf_addf(out,
		       "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" "
		       "height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
		       "font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\">\n"
		       "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
		       f.width, f.height, f.width, f.height);
	draw_title(&f);
	draw_columns(&f);
	ct_boxes_draw(out, &f.boxes);
	draw_births(&f);
	ct_arrows_draw(out, &f.arrows, model);
	ct_boxes_label(out, &f.boxes);
	for (size_t i = 0; i < f.bands.n; i++)
		draw_band(&f, &f.bands.items[i]);
	ct_svg_meters_draw(&(struct ct_svg_meters){ out, model, &f.columns, MARGIN,
						    f.left, f.meters });
	draw_footer(&f);
	ct_strbuf_adds(out, "</svg>\n");
	ct_arrows_release(&f.arrows);
	ct_boxes_release(&f.boxes);
	ct_columns_release(&f.columns);
	ct_bands_release(&f.bands);
	return 0;
}

const struct ct_render_format ct_format_svg = {
	.name = "svg",
	.description = "a figure of the start, for a slide or a page",
	.views = NULL,
	.render = render_svg,
};
