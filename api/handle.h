/* SPDX-License-Identifier: MIT */
/* What a handle of the C API points to: an item of the model, and the trace it is of. */
#ifndef CTTRACE_API_HANDLE_H
#define CTTRACE_API_HANDLE_H

#include "cttrace/cttrace.h"
#include "cttrace/model.h"

struct cttrace_process {
	const struct cttrace *trace;
	const struct ct_process *is;
};

struct cttrace_container {
	const struct cttrace *trace;
	const struct ct_container *is;
};

struct cttrace_phase {
	const struct cttrace *trace;
	const struct ct_phase *is;
};

struct cttrace_event {
	const struct cttrace *trace;
	const struct ct_fact *is;
};

struct cttrace_finding {
	const struct cttrace *trace;
	const struct ct_finding *is;
};

/* The arrays have a handle for each item of the model's array of that name. */
struct cttrace {
	struct ct_trace *data;
	struct ct_model *model;
	struct cttrace_process *processes;
	struct cttrace_container *containers;
	struct cttrace_phase *phases;
	struct cttrace_event *events;
	struct cttrace_finding *findings;
};

/* What an index of the model means; NULL for -1, and for one that is out of range. */
const struct cttrace_process *ct_handle_process(const struct cttrace *trace, int index);
const struct cttrace_container *ct_handle_container(const struct cttrace *trace,
						    int index);

/* The text; NULL for one that is empty, which says "not known" in a model. */
const char *ct_handle_text(const char *text);
/* How a process ended, if it is `known`; status -1 and signal 0 if not. */
int ct_handle_status(const struct ct_event_exit *end, bool known);
int ct_handle_signal(const struct ct_event_exit *end, bool known);

#endif
