/* SPDX-License-Identifier: MIT */
/*
 * What one process prepared and another one got: a namespace made by one and joined by
 * the other, a cgroup that one moved the other into.
 */
#ifndef CTTRACE_RENDER_HANDOVER_H
#define CTTRACE_RENDER_HANDOVER_H

#include "cttrace/model.h"

struct ct_hand_over {
	int from, to; /* processes, never the same */
	int64_t from_ns, to_ns;
	size_t event;     /* index into facts[]: what made the other one get it */
	const char *what; /* "net", "cgroup" */
};

struct ct_hand_overs {
	struct ct_hand_over *items; /* in the order of their events */
	size_t n, cap;
};

/* Only the first visit of a process to a namespace counts. */
void ct_hand_overs_init(struct ct_hand_overs *overs, const struct ct_model *model);
void ct_hand_overs_release(struct ct_hand_overs *overs);

#endif
