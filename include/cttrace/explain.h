/* SPDX-License-Identifier: MIT */
/*
 * Post-mortem: which call broke a start, why, and what to do. Computed from a finished
 * model; nothing in here does input or output.
 */
#ifndef CTTRACE_EXPLAIN_H
#define CTTRACE_EXPLAIN_H

#include "cttrace/model.h"
#include "cttrace/render.h"

enum ct_diagnosis_kind {
	CT_DIAGNOSIS_WORKED,   /* nothing failed that anybody minded */
	CT_DIAGNOSIS_PAYLOAD,  /* the container ran; how its program ended is its own
				* affair
				*/
	CT_DIAGNOSIS_CALL,     /* a system call failed, and that was it */
	CT_DIAGNOSIS_DECISION, /* no call failed: a program decided by itself */
	CT_DIAGNOSIS_TRACER,   /* without the tracer it might have worked */
	CT_DIAGNOSIS_KILLED,   /* a signal ended it from outside */
	CT_DIAGNOSIS_HANG,     /* it waited, and was interrupted or is waiting still */
	CT_DIAGNOSIS_UNKNOWN,  /* it failed, and the trace does not say why */
	CT_DIAGNOSISS,
};
const char *ct_diagnosis_kind_name(enum ct_diagnosis_kind kind); /* "worked", "call", … */

enum ct_sure { CT_SURE_LOW, CT_SURE_MEDIUM, CT_SURE_HIGH };
const char *ct_sure_name(enum ct_sure sure); /* "low", … */

/* A failed call that may be the reason; the diagnosis has them best first. */
struct ct_candidate {
	size_t event; /* index into the model's facts[] */
	int process;
	int points; /* only their order means something */
	enum ct_sure sure;
	const char *agree; /* what speaks for it: "the errno, a name, the task"; "" */
};

/* "why", "hook", "state", "said", …: docs/diagnosis.schema.json has them all */
struct ct_remark {
	const char *label;
	const char *text;
};

struct ct_diagnosis {
	enum ct_diagnosis_kind kind;
	enum ct_sure sure;
	const char *title;   /* one line: "FAILED in …" */
	const char *outcome; /* "exit 126 · 142 ms" */
	long event;  /* index into facts[] of the call, or of the last one before it */
	int process; /* who did it; -1 */
	const char *signature; /* id of the row of the catalogue; "" */
	struct ct_remark *remarks;
	size_t n_remarks;
	struct ct_candidate *candidates;
	size_t n_candidates;
	size_t n_failed,
		n_benign; /* failed calls in all, and those that working starts have */
	struct ct_arena arena;
};

/* The model must be finished, and stay alive as long as the diagnosis. Never NULL. */
struct ct_diagnosis *ct_diagnosis_new(const struct ct_model *model);
void ct_diagnosis_free(struct ct_diagnosis *diagnosis);
/* Is there something to explain? Not for what worked, nor for a payload's own status. */
bool ct_diagnosis_failed(const struct ct_diagnosis *diagnosis);
/*
 * Is there more to say than how the command ended? A program inside that failed is its
 * own matter, unless its walls had a part in it.
 */
bool ct_diagnosis_tells(const struct ct_diagnosis *diagnosis);

struct ct_explain_format {
	const char *name; /* "text", "markdown", "json" */
	void (*write)(struct ct_strbuf *out, const struct ct_diagnosis *diagnosis,
		      const struct ct_model *model, const struct ct_render_options *look);
};
/* NULL-terminated. */
extern const struct ct_explain_format *const ct_explain_formats[];
const struct ct_explain_format *ct_explain_find(const char *name);

#endif
