/* SPDX-License-Identifier: MIT */
/* The moments of a container's life that the phases lie between. */
#ifndef CTTRACE_MODEL_MILESTONE_H
#define CTTRACE_MODEL_MILESTONE_H

#include "state.h"

struct span {
	int64_t start_ns, end_ns; /* start_ns -1: it never was */
	int process;              /* who leads it; -1 */
};

struct milestones {
	struct span network, monitor, create, start, run, clean_up;
};

/* One for each container, in the arena of results. */
struct milestones *milestone_compute(struct model *m);

#endif
