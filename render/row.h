/* SPDX-License-Identifier: MIT */
/*
 * One line of a picture for a terminal. Whatever is added is escaped, so no byte of a
 * trace can reach the terminal unseen, and the finished line is never wider than the
 * screen: what does not fit is cut with an ellipsis.
 */
#ifndef CTTRACE_RENDER_ROW_H
#define CTTRACE_RENDER_ROW_H

#include "cttrace/render.h"
#include "cttrace/strbuf.h"

#include <stdbool.h>

/* Colours repeat what the text says; they never say more. */
enum ct_style {
	CT_STYLE_PLAIN,
	CT_STYLE_DIM,    /* lanes, times, what is said for completeness */
	CT_STYLE_TITLE,  /* headings */
	CT_STYLE_NAME,   /* processes */
	CT_STYLE_CHANGE, /* a namespace, cgroup or root changes */
	CT_STYLE_GOOD,
	CT_STYLE_BAD,
	CT_STYLES,
};

struct ct_look {
	int width;  /* columns */
	int margin; /* where figures at the right stand: an eye finds the way to them */
	bool color;
	bool ascii; /* nothing beyond ASCII */
};

/* What the person asked for, with sane bounds. */
struct ct_look ct_look_of(const struct ct_render_options *options);

struct ct_mark; /* where a style begins */

struct ct_row {
	const struct ct_look *look;
	struct ct_strbuf text; /* escaped, without colours */
	int cells;
	struct ct_mark *marks;
	size_t n_marks, cap_marks;
};

#define CT_ROW_INIT(its_look)                              \
	{                                                  \
		.look = (its_look), .text = CT_STRBUF_INIT \
	}
void ct_row_release(struct ct_row *row);
#define CT_CLEANUP_ROW __attribute__((cleanup(ct_row_release)))

void ct_row_add(struct ct_row *row, enum ct_style style, const char *text);
void ct_row_addn(struct ct_row *row, enum ct_style style, const char *bytes, size_t len);
void ct_row_addf(struct ct_row *row, enum ct_style style, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds all of another row. */
void ct_row_append(struct ct_row *row, const struct ct_row *more);

/* Goes to a column: pads, or cuts what reached it, leaving at least one space. */
void ct_row_seek(struct ct_row *row, int column);
/* Cuts what has been added so far to so many cells. */
void ct_row_clip(struct ct_row *row, int cells);
/* Likewise, behind a word if that is near. */
void ct_row_cut(struct ct_row *row, int cells);
/* Adds text so that it ends before `column`; what is in its way is cut. */
void ct_row_right(struct ct_row *row, int column, enum ct_style style, const char *text);
/* Adds text that ends at the margin, or behind longer text; that is cut if it has to be.
 */
void ct_row_at_margin(struct ct_row *row, enum ct_style style, const char *text);
/* Appends the line to `out` and begins the next one. */
void ct_row_end(struct ct_row *row, struct ct_strbuf *out);
void ct_row_finish(struct ct_row *row, struct ct_strbuf *out); /* without a newline */

/* How many cells `text` would take in this row. */
int ct_row_cells(const struct ct_row *row, const char *text);

/* Adds the words that fit, at least one; gives back the rest of them. */
const char *ct_row_fill(struct ct_row *row, enum ct_style style, const char *text);

/* A whole paragraph, broken between words, its later lines indented by `indent`. */
void ct_row_wrap(struct ct_row *row, int indent, enum ct_style style, const char *text,
		 struct ct_strbuf *out);

#endif
