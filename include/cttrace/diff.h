/* SPDX-License-Identifier: MIT */
/*
 * What two starts did differently. Both are aligned by meaning: processes by role, parent
 * and program, their steps by call and arguments. What changes from run to run (pids,
 * ids, inodes, temporary names, addresses, times) does not count.
 */
#ifndef CTTRACE_DIFF_H
#define CTTRACE_DIFF_H

#include "cttrace/explain.h"
#include "cttrace/model.h"
#include "cttrace/render.h"

enum ct_diff_side { CT_DIFF_A, CT_DIFF_B, CT_DIFF_SIDES };

/* One thing that differs; values as the traces have them. */
struct ct_diff_item {
	const char *name;                 /* "pids.max", "cap_sys_admin"; "" */
	const char *value[CT_DIFF_SIDES]; /* NULL: not there */
};

enum ct_diff_style {
	CT_DIFF_TABLE, /* the items' values say it */
	CT_DIFF_SET,   /* the items' names say it: they are there or not */
};

/* Something that a start, or a container of it, has or is. */
struct ct_diff_aspect {
	const char *name; /* "capabilities" */
	enum ct_diff_style style;
	int container;                      /* index into containers[]; -1: the start */
	const char *summary[CT_DIFF_SIDES]; /* in a few words; "" when there is nothing */
	struct ct_diff_item *items;         /* those that differ, by name */
	size_t n_items;                     /* 0: it is the same */
	bool known;                         /* at least one of them has something of it */
	bool unknown; /* one did not come that far: it was not compared */
	bool view; /* about the tracing: what differs in it is told, and no difference */
};

/* Two containers that are compared; -1: it has no counterpart. */
struct ct_diff_container {
	int container[CT_DIFF_SIDES];
};

/* Two processes that are compared; -1: it has no counterpart. */
struct ct_diff_process {
	int process[CT_DIFF_SIDES];
	bool same_program;
	size_t n_same;     /* steps that both did, with the same result */
	size_t first_step; /* slice of steps[]: what only one of them did … */
	size_t n_steps;
};

enum ct_diff_change {
	CT_DIFF_ONLY_A,
	CT_DIFF_ONLY_B,
	CT_DIFF_RESULT, /* both did it, with different results */
	CT_DIFF_CHANGES,
};
const char *ct_diff_change_name(enum ct_diff_change change); /* "only-a", … */

struct ct_diff_step {
	enum ct_diff_change change;
	int weight; /* 0: hardly ever of interest; 1, 2; 3: builds or breaks a container
		     */
	long event[CT_DIFF_SIDES]; /* index into the model's facts[]; -1 */
	bool again;                /* the other one did the same, but not as often */
};

/* Time that both spent; never a reason to call them different. */
struct ct_diff_phase {
	const char *name;
	enum ct_step step;         /* CT_STEP_NONE for the large phases */
	int64_t ns[CT_DIFF_SIDES]; /* -1: there was no such phase */
};

/* Where a start went wrong that did not in the other trace. */
struct ct_diff_deviation {
	enum ct_diff_side failed;  /* whose call, or whose end, it is */
	bool both_failed;          /* the other one did as well, for another reason */
	long event[CT_DIFF_SIDES]; /* the call, and its counterpart; -1: none */
	bool counterpart_ok;       /* it has one, and that worked */
	long last_common; /* fact of the failed trace: what both did before it; -1 */
	const struct ct_diagnosis *diagnosis; /* of the failed trace */
};

struct ct_diff {
	const struct ct_model *model[CT_DIFF_SIDES];
	bool same;
	struct ct_diff_container *containers;
	size_t n_containers;
	struct ct_diff_aspect *aspects; /* most important first; also those that are the
					 * same
					 */
	size_t n_aspects;
	struct ct_diff_process *processes; /* in the order of their births in A; then
					    * those of B alone
					    */
	size_t n_processes;
	struct ct_diff_step *steps;
	size_t n_steps;
	size_t n_same; /* steps that both did, with the same result */
	struct ct_diff_phase *phases;
	size_t n_phases;
	struct ct_diagnosis *diagnosis[CT_DIFF_SIDES];
	struct ct_diff_deviation deviations[CT_DIFF_SIDES];
	size_t n_deviations;
	struct ct_arena arena;
};

/* Both models must be finished, and stay alive as long as the comparison. */
struct ct_diff *ct_diff_new(const struct ct_model *a, const struct ct_model *b);
void ct_diff_free(struct ct_diff *diff);

struct ct_diff_format {
	const char *name; /* "text", "json", "html" */
	/* `names`: what the two traces are called, files for instance. */
	void (*write)(struct ct_strbuf *out, const struct ct_diff *diff,
		      const char *const names[CT_DIFF_SIDES],
		      const struct ct_render_options *look);
};
/* NULL-terminated. */
extern const struct ct_diff_format *const ct_diff_formats[];
const struct ct_diff_format *ct_diff_find(const char *name);

#endif
