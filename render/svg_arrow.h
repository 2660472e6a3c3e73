/* SPDX-License-Identifier: MIT */
/*
 * What one process prepared or sent and another one got, as arrows between their bars:
 * the kinds differ by their line and by how it begins, so that they do in grey, too.
 */
#ifndef CTTRACE_RENDER_SVG_ARROW_H
#define CTTRACE_RENDER_SVG_ARROW_H

#include "svg_band.h"

struct ct_arrow {
	const struct ct_handover *handover;
	double x0, y0, x1, y1; /* from the edge of a bar to the edge of another one */
};

struct ct_arrows {
	struct ct_arrow *items;
	size_t n, cap;
	size_t left_out; /* beyond what can be told apart by eye */
};

/* When the bands have their places. */
void ct_arrows_init(struct ct_arrows *arrows, const struct ct_model *model,
		    const struct ct_bands *bands, const struct ct_columns *columns);
void ct_arrows_release(struct ct_arrows *arrows);
void ct_arrows_draw(struct ct_strbuf *out, const struct ct_arrows *arrows,
		    const struct ct_model *model);

/* What the lines mean: one line of text for each kind that is drawn. */
size_t ct_arrows_count_kinds(const struct ct_arrows *arrows);
/* `first` is the base line of the first one; its room is that of all. */
void ct_arrows_legend(struct ct_strbuf *out, const struct ct_arrows *arrows,
		      const struct ct_spot *first, double line_height);

#endif
