/* SPDX-License-Identifier: MIT */
/* Items of a story become rows; a process that only has children gets one of its own. */
#include "lane_rows.h"

#include "alloc.h"

#include <stdlib.h>

static void push_row(struct ct_lane_rows *rows, int process, const struct ct_item *item,
		     int64_t t_ns)
{
	struct ct_lane_row *row = ct_push(rows->items, rows->n, rows->cap);

	*row = (struct ct_lane_row){ .item = item, .process = process, .t_ns = t_ns };
	if (process < 0)
		return;
	row->birth = !rows->first[process];
	if (row->birth) {
		int parent = rows->story->members[process].parent;

		rows->first[process] = rows->n;
		if (parent >= 0)
			rows->last[parent] = rows->n;
	}
	rows->last[process] = rows->n;
}

/* A process is drawn before its children are. */
static void push_births(struct ct_lane_rows *rows, int process)
{
	const struct ct_process *processes = rows->story->model->processes;

	for (;;) {
		int missing = process, parent;

		parent = rows->story->members[missing].parent;
		while (parent >= 0 && !rows->first[parent]) {
			missing = parent;
			parent = rows->story->members[missing].parent;
		}
		if (missing == process)
			return;
		push_row(rows, missing, NULL, processes[missing].born_ns);
	}
}

void ct_lane_rows_init(struct ct_lane_rows *rows, const struct ct_story *story)
{
	size_t n_processes = story->model->n_processes;

	*rows = (struct ct_lane_rows){ .story = story };
	rows->first = ct_alloc(n_processes * sizeof(*rows->first));
	rows->last = ct_alloc(n_processes * sizeof(*rows->last));
	for (size_t i = 0; i < story->n_items; i++) {
		const struct ct_item *item = &story->items[i];

		if (item->process >= 0)
			push_births(rows, item->process);
		push_row(rows, item->process, item, item->t_ns);
	}
}

void ct_lane_rows_release(struct ct_lane_rows *rows)
{
	free(rows->first);
	free(rows->last);
	free(rows->items);
}
