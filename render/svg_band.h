/* SPDX-License-Identifier: MIT */
/*
 * The lines of the drawing from top to bottom: a process or a step each. A line holds a
 * name at the left, a bar along the time, and one text in or beside the bar; so nothing
 * in a line can touch anything else.
 */
#ifndef CTTRACE_RENDER_SVG_BAND_H
#define CTTRACE_RENDER_SVG_BAND_H

#include "cttrace/render.h"
#include "svg_axis.h"
#include "svg_text.h"

struct ct_band {
	char *name;
	char *text;
	int indent;    /* of the name, in steps */
	int process;   /* -1: a step */
	int parent;    /* the band of the one who made it; -1 */
	int container; /* of its box; -1: of none. Boxes are of bands in a row. */
	const char *fill;
	bool bad;     /* ended with a failure */
	bool heading; /* of a list of steps: only a name */
	int64_t start_ns, end_ns;
	int64_t payload_ns; /* from here on it runs the container's program; -1 */
	double y;           /* the middle of the line */
	double x, width;    /* of the bar */
	double text_x, text_width;
	enum ct_anchor anchor;
};

struct ct_bands {
	struct ct_band *items;
	size_t n, cap;
	char *left_out; /* which processes are not drawn, in words; "" */
	int *of;        /* per process: the band that tells of it; -1 */
};

enum { CT_BAND_HEIGHT = 22, CT_BAR_HEIGHT = 16, CT_BAND_FONT = 11 };

void ct_bands_init(struct ct_bands *bands, const struct ct_model *model, int verbose);
void ct_bands_release(struct ct_bands *bands);
/* Finds the place of each bar and its text between the edges. */
void ct_bands_place(struct ct_bands *bands, const struct ct_columns *columns, double left,
		    double right);

#endif
