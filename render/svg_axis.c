/* SPDX-License-Identifier: MIT */
/* Columns for phases, and where a time is in them. */
#include "svg_axis.h"

#include "alloc.h"
#include "phase_owner.h"

#include <math.h>
#include <stdlib.h>

/* More phases than this come from several containers: they would overlap. */
enum { COLUMNS_MAX = 12, NARROWEST = 64 };

static int compare(const void *left, const void *right)
{
	const struct ct_column *a = left, *b = right;

	if (a->start_ns != b->start_ns)
		return a->start_ns < b->start_ns ? -1 : 1;
	return (a->phase > b->phase) - (a->phase < b->phase);
}

/* The large phases one after the other: each ends where the next one begins. */
static void find_columns(struct ct_columns *columns, const struct ct_model *model)
{
	size_t kept = 0;

	for (size_t i = 0; i < model->n_phases; i++) {
		const struct ct_phase *p = &model->phases[i];

		if (!p->step && p->start_ns >= 0 && p->start_ns < model->end_ns)
			*ct_push(columns->items, columns->n, columns->cap) =
				(struct ct_column){ .phase = (int)i,
						    .start_ns = p->start_ns };
	}
	if (columns->n)
		qsort(columns->items, columns->n, sizeof(*columns->items), compare);
	for (size_t i = 0; i < columns->n; i++)
		if (!kept ||
		    columns->items[i].start_ns > columns->items[kept - 1].start_ns)
			columns->items[kept++] = columns->items[i];
	columns->n = kept;
	if (columns->n && columns->n <= COLUMNS_MAX) {
		columns->items[0].start_ns = 0;
		return;
	}
	columns->n = 0;
	*ct_push(columns->items, columns->n, columns->cap) =
		(struct ct_column){ .phase = -1 };
}

/* The square root of the time, and room for the steps of the runtime. */
static double weight(const struct ct_column *column, const struct ct_model *model,
		     const size_t *owners)
{
	const double for_steps = 3;
	double length = sqrt((double)(column->end_ns - column->start_ns));

	for (size_t i = 0; i < model->n_phases; i++)
		if (model->phases[i].step && column->phase >= 0 &&
		    owners[i] == (size_t)column->phase)
			return length * for_steps;
	return length;
}

void ct_columns_init(struct ct_columns *columns, const struct ct_model *model,
		     double left, double right)
{
	size_t *owners = ct_phase_owners(model);
	double all = 0, room, narrowest;

	*columns = (struct ct_columns){ 0 };
	find_columns(columns, model);
	narrowest = (right - left) / (double)columns->n;
	narrowest = narrowest < NARROWEST ? narrowest : NARROWEST;
	room = right - left - narrowest * (double)columns->n;
	for (size_t i = 0; i < columns->n; i++) {
		struct ct_column *c = &columns->items[i];

		c->end_ns = i + 1 < columns->n ? c[1].start_ns : model->end_ns;
		c->end_ns = c->end_ns > c->start_ns ? c->end_ns : c->start_ns + 1;
		c->width = weight(c, model, owners);
		all += c->width;
	}
	for (size_t i = 0; i < columns->n; i++) {
		struct ct_column *c = &columns->items[i];

		c->x = i ? c[-1].x + c[-1].width : left;
		c->width = narrowest + room * c->width / all;
	}
	free(owners);
}

void ct_columns_release(struct ct_columns *columns)
{
	free(columns->items);
	*columns = (struct ct_columns){ 0 };
}

double ct_columns_x(const struct ct_columns *columns, int64_t t_ns)
{
	const struct ct_column *c = columns->items;
	double share;

	for (size_t i = 1; i < columns->n && columns->items[i].start_ns <= t_ns; i++)
		c = &columns->items[i];
	share = (double)(t_ns - c->start_ns) / (double)(c->end_ns - c->start_ns);
	return c->x + c->width * (share < 0 ? 0 : share > 1 ? 1 : share);
}
