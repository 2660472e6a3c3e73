/* SPDX-License-Identifier: MIT */
/* What the processes of a trace did, as keys that are the same from run to run. */
#ifndef CTTRACE_DIFF_STEP_H
#define CTTRACE_DIFF_STEP_H

#include "normal.h"

struct step {
	uint64_t key;    /* call and arguments */
	uint64_t result; /* … and what came of it */
	size_t fact;
	int weight;
	long other;        /* step of the other trace; -1 */
	bool other_result; /* that one had another result */
};

struct steps {
	struct step *all; /* those of a process together, in the order of the trace */
	size_t n;
	size_t *first; /* per process: its slice; one more at the end */
};

void steps_collect(struct steps *steps, const struct ct_model *model,
		   const struct normal *normal, struct ct_arena *arena);

#endif
