/* SPDX-License-Identifier: MIT */
/* How wide text is without a font. */
#include "svg_text.h"

#include "cells.h"
#include "cttrace/escape.h"
#include "escape.h"

#include <string.h>

/* Thousandths of the font size, of one character. */
static double advance(uint32_t code, bool bold)
{
	enum { BEYOND_ASCII = 1080, WIDE = 1300 };
	static const int advances[] = {
#define ADVANCE(width) width,
#include "advance.def"
#undef ADVANCE
	};
	const double bolder = 1.27; /* the most that any letter grows by */
	double width = BEYOND_ASCII;

	if (code >= ' ' && code - ' ' < sizeof(advances) / sizeof(*advances))
		width = advances[code - ' '];
	else if (ct_cells_of_code(code) > 1)
		width = WIDE;
	return bold ? width * bolder : width;
}

/* The width of the beginning of `text` that fits into `room`; *len is its length. */
static double measure(const struct ct_pen *pen, const char *text, double room,
		      size_t *len)
{
	double width = 0;
	size_t at = 0, all = strlen(text);

	while (at < all) {
		uint32_t code;
		size_t size = ct_utf8_next(text + at, all - at, &code);
		double next = width + advance(code, pen->bold) * pen->size / 1000;

		if (next > room)
			break;
		width = next;
		at += size;
	}
	*len = at;
	return width;
}

double ct_svg_width(const struct ct_pen *pen, const char *text)
{
	CT_CLEANUP_STRBUF struct ct_strbuf safe = CT_STRBUF_INIT;
	const double endless = 1e9;
	size_t len;

	ct_escape_terminal(&safe, text, strlen(text), false);
	return measure(pen, safe.data, endless, &len);
}

static bool ends_with(const struct ct_strbuf *text, const char *end)
{
	size_t len = strlen(end);

	return text->len >= len && !strcmp(text->data + text->len - len, end);
}

void ct_svg_text(struct ct_strbuf *out, const struct ct_pen *pen,
		 const struct ct_spot *spot, const char *text)
{
	static const char ellipsis[] = "…";
	CT_CLEANUP_STRBUF struct ct_strbuf safe = CT_STRBUF_INIT;
	size_t len, dots;

	ct_escape_terminal(&safe, text, strlen(text), false);
	measure(pen, safe.data, spot->room, &len);
	if (len < safe.len) {
		double width = measure(pen, ellipsis, 1e9, &dots);

		measure(pen, safe.data, spot->room - width, &len);
		safe.len = len;
		safe.data[len] = '\0';
		/* an id may have been cut just there already */
		if (len && !ends_with(&safe, ellipsis))
			ct_strbuf_adds(&safe, ellipsis);
	}
	if (!safe.len)
		return;
	ct_strbuf_addf(out, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%g\" fill=\"%s\"",
		       spot->x, spot->y, pen->size, pen->fill);
	if (pen->bold)
		ct_strbuf_adds(out, " font-weight=\"bold\"");
	if (pen->halo)
		ct_strbuf_adds(out, " stroke=\"#ffffff\" stroke-width=\"3\" "
				    "stroke-linejoin=\"round\" paint-order=\"stroke\"");
	if (spot->anchor == CT_ANCHOR_END)
		ct_strbuf_adds(out, " text-anchor=\"end\"");
	ct_strbuf_addc(out, '>');
	ct_escape_xml(out, safe.data, safe.len);
	ct_strbuf_adds(out, "</text>\n");
}
