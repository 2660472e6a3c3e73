/* SPDX-License-Identifier: MIT */
/* Which process, and which container, of one trace is which one of the other. */
#ifndef CTTRACE_DIFF_PAIR_H
#define CTTRACE_DIFF_PAIR_H

#include "cttrace/diff.h"
#include "normal.h"

struct pairs {
	int *process[CT_DIFF_SIDES];   /* per process: its counterpart; -1 */
	int *container[CT_DIFF_SIDES]; /* the same per container */
};

void pairs_find(struct pairs *pairs, const struct ct_model *const model[CT_DIFF_SIDES],
		const struct normal normal[CT_DIFF_SIDES], struct ct_arena *arena);

/* The containers alone; both lists are of -1 before. */
void pairs_containers(struct pairs *pairs,
		      const struct ct_model *const model[CT_DIFF_SIDES],
		      const struct normal normal[CT_DIFF_SIDES]);

/* What a process runs: the last program that it was, else its name. */
const char *pairs_program(const struct ct_model *model, int process);

#endif
