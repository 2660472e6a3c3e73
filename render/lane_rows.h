/* SPDX-License-Identifier: MIT */
/* The rows of the timeline: which item or birth stands in which, and whose lane it is. */
#ifndef CTTRACE_RENDER_LANE_ROWS_H
#define CTTRACE_RENDER_LANE_ROWS_H

#include "story.h"

/* One line: an item in its lane, or the birth of a process that only has children. */
struct ct_lane_row {
	const struct ct_item *item; /* NULL: only the birth */
	int64_t t_ns;
	int process; /* -1: of no process */
	bool birth;  /* the first row of the process */
};

struct ct_lane_rows {
	const struct ct_story *story;
	struct ct_lane_row *items;
	size_t n, cap;
	/* per process: its rows + 1, its children's births included; 0: it has none */
	size_t *first, *last;
};

void ct_lane_rows_init(struct ct_lane_rows *rows, const struct ct_story *story);
void ct_lane_rows_release(struct ct_lane_rows *rows);

#endif
