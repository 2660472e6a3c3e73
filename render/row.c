/* SPDX-License-Identifier: MIT */
/* Lines of a terminal picture: escaping, columns, cutting, colour. */
#include "row.h"

#include "alloc.h"
#include "cells.h"
#include "escape.h"

#include <stdlib.h>
#include <string.h>

struct ct_mark {
	size_t at; /* offset into the text */
	enum ct_style style;
};

/* SGR parameters that are legible on dark and on light backgrounds. */
static const char *const sgr[CT_STYLES] = {
	[CT_STYLE_PLAIN] = "0",    [CT_STYLE_DIM] = "0;2",     [CT_STYLE_TITLE] = "0;1",
	[CT_STYLE_NAME] = "0;36",  [CT_STYLE_CHANGE] = "0;33", [CT_STYLE_GOOD] = "0;32",
	[CT_STYLE_BAD] = "0;1;31",
};

struct ct_look ct_look_of(const struct ct_render_options *options)
{
	enum {
		DEFAULT_WIDTH = 100,
		SMALLEST_WIDTH = 40,
		LARGEST_WIDTH = 10000,
		MARGIN = 120
	};
	int width = options->width ? options->width : DEFAULT_WIDTH;

	if (width < SMALLEST_WIDTH)
		width = SMALLEST_WIDTH;
	return (struct ct_look){
		.width = width < LARGEST_WIDTH ? width : LARGEST_WIDTH,
		.margin = width < MARGIN ? width : MARGIN,
		.color = options->color,
		.ascii = options->ascii,
	};
}

void ct_row_release(struct ct_row *row)
{
	ct_strbuf_release(&row->text);
	free(row->marks);
	row->marks = NULL;
}

static void mark(struct ct_row *row, enum ct_style style)
{
	if (row->n_marks && row->marks[row->n_marks - 1].style == style)
		return;
	*ct_push(row->marks, row->n_marks, row->cap_marks) =
		(struct ct_mark){ .at = row->text.len, .style = style };
}

void ct_row_addn(struct ct_row *row, enum ct_style style, const char *bytes, size_t len)
{
	size_t before = row->text.len;

	mark(row, style);
	ct_escape_terminal(&row->text, bytes, len, row->look->ascii);
	row->cells += ct_cells(row->text.data + before, row->text.len - before);
}

void ct_row_add(struct ct_row *row, enum ct_style style, const char *text)
{
	ct_row_addn(row, style, text, strlen(text));
}

void ct_row_addf(struct ct_row *row, enum ct_style style, const char *fmt, ...)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	ct_strbuf_vaddf(&text, fmt, ap);
	va_end(ap);
	ct_row_addn(row, style, text.data, text.len);
}

static void truncate_to(struct ct_row *row, size_t len)
{
	row->cells -= ct_cells(row->text.data + len, row->text.len - len);
	row->text.data[len] = '\0';
	row->text.len = len;
	while (row->n_marks && row->marks[row->n_marks - 1].at >= len)
		row->n_marks--;
}

void ct_row_append(struct ct_row *row, const struct ct_row *more)
{
	size_t from = 0;

	for (size_t i = 0; i < more->n_marks; i++) {
		ct_strbuf_add(&row->text, more->text.data + from,
			      more->marks[i].at - from);
		from = more->marks[i].at;
		mark(row, more->marks[i].style);
	}
	ct_strbuf_add(&row->text, more->text.data + from, more->text.len - from);
	row->cells += more->cells;
}

/*
 * Where a cut at `len` does not go through a word, if that costs no more than WORD bytes.
 * Two blanks are a gap between columns, which stays; but before a remark in parentheses.
 */
static size_t behind_word(const struct ct_row *row, size_t len)
{
	enum { WORD = 24 };
	const char *text = row->text.data;
	size_t most = len / 3 < WORD ? len / 3 : WORD;

	if (len < 2)
		return len;
	for (size_t at = len; --at > 1 && len - at < most;) {
		if (text[at] != ' ')
			continue;
		if (text[at - 1] != ' ')
			return at + 1;
		if (text[at + 1] != '(')
			return len;
		while (at > 1 && text[at - 1] == ' ')
			at--;
		return at + 1;
	}
	return len;
}

static void cut_to(struct ct_row *row, int cells, bool words)
{
	const char *ellipsis = row->look->ascii ? "..." : "…";
	int room = cells - ct_cells(ellipsis, strlen(ellipsis));
	size_t len;

	if (row->cells <= cells)
		return;
	len = ct_cells_prefix(row->text.data, row->text.len, room < 0 ? cells : room);
	truncate_to(row, words && room >= 0 ? behind_word(row, len) : len);
	if (room < 0)
		return;
	ct_strbuf_adds(&row->text, ellipsis);
	row->cells = ct_cells(row->text.data, row->text.len);
}

void ct_row_clip(struct ct_row *row, int cells)
{
	cut_to(row, cells, false);
}

void ct_row_cut(struct ct_row *row, int cells)
{
	cut_to(row, cells, true);
}

static void pad(struct ct_row *row, int column)
{
	if (row->cells >= column)
		return;
	ct_strbuf_pad(&row->text, ' ', (size_t)(column - row->cells));
	row->cells = column;
}

/* Blanks before a column are not text that would have to be cut visibly. */
static void trim(struct ct_row *row, int cells)
{
	size_t len = row->text.len;

	while (row->cells > cells && len && row->text.data[len - 1] == ' ') {
		len--;
		row->cells--;
	}
	row->text.len = len;
	if (row->text.cap)
		row->text.data[len] = '\0';
	for (size_t i = row->n_marks; i-- > 0 && row->marks[i].at > len;)
		row->marks[i].at = len;
}

void ct_row_seek(struct ct_row *row, int column)
{
	if (column <= 0)
		return;
	trim(row, column - 1);
	ct_row_clip(row, column - 1);
	pad(row, column);
}

int ct_row_cells(const struct ct_row *row, const char *text)
{
	CT_CLEANUP_STRBUF struct ct_strbuf safe = CT_STRBUF_INIT;

	ct_escape_terminal(&safe, text, strlen(text), row->look->ascii);
	return ct_cells(safe.data, safe.len);
}

void ct_row_right(struct ct_row *row, int column, enum ct_style style, const char *text)
{
	int begin = column - ct_row_cells(row, text);

	ct_row_seek(row, begin > 0 ? begin : 0);
	ct_row_add(row, style, text);
}

void ct_row_at_margin(struct ct_row *row, enum ct_style style, const char *text)
{
	enum { GAP = 2 };
	int end = row->cells + GAP + ct_row_cells(row, text);

	if (end > row->look->width) {
		ct_row_cut(row, row->cells - (end - row->look->width));
		end = row->look->width;
	}
	ct_row_right(row, end > row->look->margin ? end : row->look->margin, style, text);
}

/* The text with an SGR sequence wherever the style changes, and none left open. */
static void add_coloured(const struct ct_row *row, struct ct_strbuf *out)
{
	enum ct_style style = CT_STYLE_PLAIN;
	size_t from = 0;

	for (size_t i = 0; i < row->n_marks; i++) {
		const struct ct_mark *m = &row->marks[i];

		ct_strbuf_add(out, row->text.data + from, m->at - from);
		from = m->at;
		if (m->style != style)
			ct_strbuf_addf(out, "\033[%sm", sgr[m->style]);
		style = m->style;
	}
	ct_strbuf_add(out, row->text.data + from, row->text.len - from);
	if (style != CT_STYLE_PLAIN)
		ct_strbuf_adds(out, "\033[0m");
}

void ct_row_finish(struct ct_row *row, struct ct_strbuf *out)
{
	trim(row, 0);
	ct_row_cut(row, row->look->width);
	if (row->look->color)
		add_coloured(row, out);
	else
		ct_strbuf_add(out, row->text.data, row->text.len);
	ct_strbuf_reset(&row->text);
	row->cells = 0;
	row->n_marks = 0;
}

void ct_row_end(struct ct_row *row, struct ct_strbuf *out)
{
	ct_row_finish(row, out);
	ct_strbuf_addc(out, '\n');
}

/* How much of a word goes into what is left of a row: all of it, or up to a sign in it.
 */
static size_t part_of(const struct ct_row *row, const char *word, size_t len)
{
	int room = row->look->width - row->cells;
	size_t part;

	if (room <= 0 || ct_cells(word, len) <= room)
		return len;
	part = ct_cells_prefix(word, len, room);
	for (size_t at = part; at > part / 2; at--)
		if (strchr("|,;:/&=", word[at - 1]))
			return at;
	return part ? part : len;
}

const char *ct_row_fill(struct ct_row *row, enum ct_style style, const char *text)
{
	const char *word = text + strspn(text, " ");
	bool first = true;

	while (*word) {
		size_t len = strcspn(word, " ");

		if (!first && row->cells + 1 + ct_cells(word, len) > row->look->width)
			break;
		if (!first)
			ct_row_add(row, style, " ");
		else
			len = part_of(row, word, len);
		ct_row_addn(row, style, word, len);
		first = false;
		word += len;
		word += strspn(word, " ");
	}
	return word;
}

void ct_row_wrap(struct ct_row *row, int indent, enum ct_style style, const char *text,
		 struct ct_strbuf *out)
{
	const char *rest = ct_row_fill(row, style, text);

	ct_row_end(row, out);
	while (*rest) {
		pad(row, indent);
		rest = ct_row_fill(row, style, rest);
		ct_row_end(row, out);
	}
}
