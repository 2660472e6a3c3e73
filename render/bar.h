/* SPDX-License-Identifier: MIT */
/* A stretch of time as a bar of block characters, and the axis above such bars. */
#ifndef CTTRACE_RENDER_BAR_H
#define CTTRACE_RENDER_BAR_H

#include "cttrace/strbuf.h"

/* The stretch of time that the cells of a bar stand for. */
struct ct_axis {
	int64_t end_ns; /* it begins at 0 */
	int cells;
};

/* Cells of the axis, with the blanks before the bar but not those after it. */
void ct_bar_add(struct ct_strbuf *out, const struct ct_axis *axis, int64_t start_ns,
		int64_t end_ns);
/* "0     100     200  312 ms": round numbers, and the end. */
void ct_axis_add(struct ct_strbuf *out, const struct ct_axis *axis);

#endif
