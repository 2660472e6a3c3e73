/* SPDX-License-Identifier: MIT */
/* What each container used, as curves on the same axis, beside their limits. */
#ifndef CTTRACE_RENDER_SVG_METERS_H
#define CTTRACE_RENDER_SVG_METERS_H

#include "svg_axis.h"
#include "svg_text.h"

/* How much room they take; 0: nothing was sampled. */
double ct_svg_meters_height(const struct ct_model *model);

struct ct_svg_meters {
	struct ct_strbuf *out;
	const struct ct_model *model;
	const struct ct_columns *columns;
	double margin, left, top; /* names begin at the margin, curves at the left */
};

void ct_svg_meters_draw(const struct ct_svg_meters *drawing);

#endif
