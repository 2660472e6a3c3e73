/* SPDX-License-Identifier: MIT */
/*
 * Text of a drawing: cut to the room that it has, by widths that are never too small, so
 * that no text touches another one whatever font the viewer has.
 */
#ifndef CTTRACE_RENDER_SVG_TEXT_H
#define CTTRACE_RENDER_SVG_TEXT_H

#include "cttrace/strbuf.h"

#include <stdbool.h>

enum ct_anchor { CT_ANCHOR_START, CT_ANCHOR_END };

struct ct_pen {
	double size; /* of the font, in pixels */
	bool bold;
	const char *fill; /* "#222222" */
	bool halo;        /* stays legible where a line passes behind it */
};

/* How wide a text is at most, as it would be drawn: control characters spelled out. */
double ct_svg_width(const struct ct_pen *pen, const char *text);

struct ct_spot {
	double x, y; /* of the base line; x is the text's start or end */
	enum ct_anchor anchor;
	double room; /* what does not fit is cut with an ellipsis */
};

void ct_svg_text(struct ct_strbuf *out, const struct ct_pen *pen,
		 const struct ct_spot *spot, const char *text);

#endif
