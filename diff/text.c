/* SPDX-License-Identifier: MIT */
/* A comparison for a terminal. */
#include "formats.h"
#include "row.h"
#include "tell.h"

#include <string.h>

enum { INDENT = 2, LEVEL = 2, COL_A = 26, COL_LABEL = 14 };

struct page {
	struct ct_strbuf *out;
	const struct ct_look *look;
	int col_b;
};

static const char *or_dash(const char *text)
{
	return *text ? text : "-";
}

static void paragraph(const struct page *page, int column, int indent,
		      enum ct_style style, const struct line *line)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);

	ct_row_seek(&row, column);
	if (*line->name) {
		ct_row_add(&row, CT_STYLE_NAME, line->name);
		if (ct_row_cells(&row, line->name) + column + 1 > indent)
			ct_row_add(&row, CT_STYLE_PLAIN, " ");
		else
			ct_row_seek(&row, indent);
	}
	ct_row_wrap(&row, indent, style, line->a, page->out);
}

static void signed_text(const struct page *page, char sign, const char *text)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);
	enum ct_style style = sign == '+'   ? CT_STYLE_GOOD
			      : sign == '-' ? CT_STYLE_BAD
					    : CT_STYLE_CHANGE;

	ct_row_seek(&row, INDENT + LEVEL);
	ct_row_addf(&row, style, "%c ", sign);
	ct_row_wrap(&row, INDENT + 2 * LEVEL, style, text, page->out);
}

/* Side by side if there is room, else one below the other. */
static void columns(const struct page *page, const struct line *line)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);
	enum ct_style style = line->same ? CT_STYLE_PLAIN : CT_STYLE_CHANGE;
	int column = INDENT + LEVEL * line->indent;
	bool fits = ct_row_cells(&row, line->a) < page->col_b - COL_A &&
		    ct_row_cells(&row, line->b) <= page->look->width - page->col_b;

	ct_row_seek(&row, column);
	ct_row_add(&row, CT_STYLE_PLAIN, line->name);
	if (*line->name && (!fits || row.cells >= COL_A))
		ct_row_end(&row, page->out);
	if (!fits) {
		signed_text(page, '-', or_dash(line->a));
		signed_text(page, '+', or_dash(line->b));
		return;
	}
	ct_row_seek(&row, COL_A);
	ct_row_add(&row, style, or_dash(line->a));
	ct_row_seek(&row, page->col_b);
	ct_row_add(&row, style, or_dash(line->b));
	ct_row_end(&row, page->out);
}

static void heading(const struct page *page, const struct line *line)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);

	ct_row_end(&row, page->out);
	if (!*line->name)
		return;
	ct_row_add(&row, CT_STYLE_TITLE, line->name);
	ct_row_end(&row, page->out);
}

static void names(const struct page *page, const struct line *line)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);

	ct_row_seek(&row, COL_A);
	ct_row_addf(&row, CT_STYLE_BAD, "- %s", line->a);
	ct_row_seek(&row, page->col_b);
	ct_row_addf(&row, CT_STYLE_GOOD, "+ %s", line->b);
	ct_row_end(&row, page->out);
}

static void draw(const struct page *page, const struct line *line)
{
	int indent = INDENT + LEVEL * line->indent;

	switch (line->kind) {
	case LINE_NAMES:
		names(page, line);
		break;
	case LINE_HEADING:
		heading(page, line);
		break;
	case LINE_ROW:
		columns(page, line);
		break;
	case LINE_LABEL:
		paragraph(page, indent, COL_LABEL, CT_STYLE_PLAIN, line);
		break;
	case LINE_ONLY_A:
		signed_text(page, '-', line->a);
		break;
	case LINE_ONLY_B:
		signed_text(page, '+', line->a);
		break;
	case LINE_CHANGED:
		signed_text(page, '~', line->a);
		break;
	case LINE_NOTE:
		paragraph(page, indent, indent, CT_STYLE_DIM, line);
		break;
	}
}

static void write(struct ct_strbuf *out, const struct ct_diff *diff,
		  const char *const its_names[CT_DIFF_SIDES],
		  const struct ct_render_options *options)
{
	struct ct_look look = ct_look_of(options);
	struct page page = { out, &look, COL_A + (look.width - COL_A) / 2 };
	struct telling t = { .diff = diff,
			     .names = its_names,
			     .verbose = options->verbose };

	tell(&t);
	for (size_t i = 0; i < t.n_lines; i++)
		draw(&page, &t.lines[i]);
	telling_release(&t);
}

const struct ct_diff_format ct_diff_text = { "text", write };
