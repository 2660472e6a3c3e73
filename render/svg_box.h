/* SPDX-License-Identifier: MIT */
/* A container's namespaces as boxes within each other, each beginning when it was made.
 */
#ifndef CTTRACE_RENDER_SVG_BOX_H
#define CTTRACE_RENDER_SVG_BOX_H

#include "svg_band.h"

struct ct_level {
	unsigned int types; /* 1 << enum ct_ns; made or joined at the same time */
	bool joined;
	int64_t t_ns; /* -1: the container has only the host's */
	int by;       /* process; -1 */
	double left, right, top, bottom;
	char *label;
};

struct ct_box {
	int container;
	int outer;          /* the box that it lies in; -1 */
	size_t first, last; /* bands, those in the boxes in it included */
	struct ct_level levels[CT_NS_TYPES];
	int n_levels; /* the first one is around all others */
};

struct ct_boxes {
	struct ct_box *items;
	size_t n, cap;
};

/* Gives the bands their heights from `top` on, with room for the boxes around them. Gives
 * back where the last one ends. */
double ct_boxes_init(struct ct_boxes *boxes, const struct ct_model *model,
		     struct ct_bands *bands, double top);
/* When the bands have their places: widths of the boxes within the edges. */
void ct_boxes_place(struct ct_boxes *boxes, const struct ct_bands *bands,
		    const struct ct_columns *columns, double left, double right);
void ct_boxes_draw(struct ct_strbuf *out, const struct ct_boxes *boxes);
/* Their names, which stand above all lines. */
void ct_boxes_label(struct ct_strbuf *out, const struct ct_boxes *boxes);
void ct_boxes_release(struct ct_boxes *boxes);

#endif
