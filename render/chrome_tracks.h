/* SPDX-License-Identifier: MIT */
/* Spans for tracks on which everything lies beside or within something else. */
#ifndef CTTRACE_RENDER_CHROME_TRACKS_H
#define CTTRACE_RENDER_CHROME_TRACKS_H

#include "cttrace/model.h"

struct ct_span {
	int64_t start_ns, end_ns;
	uint32_t pid, tid; /* the track */
	bool program;      /* of a process; else a fact, or a phase */
	int exec;          /* of a program: which of its execs; -1: before the first */
	int index;         /* of the process, the fact or the phase */
};

struct ct_spans {
	struct ct_span *items; /* track by track in the order of time; freed by free() */
	size_t n, cap;
};

/* Phases; those that would cross another one get a further track from `pid` on. */
struct ct_spans ct_phase_spans(const struct ct_model *model, uint32_t pid);
/* Programs, calls and moments of every task. What crosses its surroundings is clipped. */
struct ct_spans ct_task_spans(const struct ct_model *model);

#endif
