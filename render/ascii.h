/* SPDX-License-Identifier: MIT */
/* The views for a terminal: each appends its lines. */
#ifndef CTTRACE_RENDER_ASCII_H
#define CTTRACE_RENDER_ASCII_H

#include "bar.h"
#include "cttrace/model.h"
#include "row.h"

struct ct_screen {
	struct ct_strbuf *out;
	const struct ct_look *look;
	int verbose;
	bool lessons;   /* a plain sentence with each step */
	bool explained; /* leave out findings that say only that it failed */
	const struct ct_render_options *options; /* where a long text goes */
	struct ct_error *failed;                 /* it could not be written there */
};

typedef void ct_view_fn(const struct ct_screen *screen, const struct ct_model *model);

ct_view_fn ct_view_headline; /* the command, how it ended, its containers, findings */
ct_view_fn ct_view_phases;
ct_view_fn ct_view_meters; /* memory, CPU, pids and I/O beside their limits */
ct_view_fn ct_view_lanes;
ct_view_fn ct_view_inside; /* calls that had not returned at the end */
ct_view_fn ct_view_tree;
ct_view_fn ct_view_namespaces;
ct_view_fn ct_view_mounts;    /* the table that each container ended up with */
ct_view_fn ct_view_network;   /* network namespaces, what is in them, who did it */
ct_view_fn ct_view_isolation; /* what keeps each container apart */
ct_view_fn ct_view_asked;     /* config.json beside what was done */

/* The axis of the phases, and in which column it begins: for what is drawn below them. */
struct ct_axis ct_phases_axis(const struct ct_look *look, const struct ct_model *model,
			      int *column);
/* A blank line, and a heading. */
void ct_screen_heading(const struct ct_screen *screen, const char *text);

#endif
