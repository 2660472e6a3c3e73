/* SPDX-License-Identifier: MIT */
/*
 * Time from left to right. Each phase is a column with a scale of its own, so that the
 * few milliseconds in which a container is built have room beside long downloads.
 */
#ifndef CTTRACE_RENDER_SVG_AXIS_H
#define CTTRACE_RENDER_SVG_AXIS_H

#include "cttrace/model.h"

struct ct_column {
	int phase; /* -1: the whole time */
	int64_t start_ns, end_ns;
	double x, width;
};

struct ct_columns {
	struct ct_column *items;
	size_t n, cap;
};

void ct_columns_init(struct ct_columns *columns, const struct ct_model *model,
		     double left, double right);
void ct_columns_release(struct ct_columns *columns);
double ct_columns_x(const struct ct_columns *columns, int64_t t_ns);

#endif
