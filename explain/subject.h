/* SPDX-License-Identifier: MIT */
/* What a diagnosis is about, for everything that adds words to it. */
#ifndef CTTRACE_EXPLAIN_SUBJECT_H
#define CTTRACE_EXPLAIN_SUBJECT_H

#include "candidate.h"
#include "cttrace/explain.h"

struct subject {
	const struct ct_model *model;
	struct ct_diagnosis *diagnosis;
	const struct messages *messages;
	const struct pairs *pairs;
	const struct message *message; /* what was said about it; NULL: nothing */
	const struct ct_event *event;  /* facts[diagnosis->event]; NULL */
	int64_t at_ns;                 /* when it went wrong */
	size_t cap_remarks;
	const struct signature *row; /* of the catalogue; NULL: none fits */
	const char *remedy;          /* when that is not a row's; NULL */
};

/* The call, when a failed call is the reason; else NULL. */
static inline const struct ct_event_call *subject_call(const struct subject *s)
{
	return s->event && (s->diagnosis->kind == CT_DIAGNOSIS_CALL ||
			    s->diagnosis->kind == CT_DIAGNOSIS_PAYLOAD)
		       ? &s->event->call
		       : NULL;
}

/* Adds a remark unless the text is empty. */
void subject_remark(struct subject *s, const char *label, const char *text);

/* place.c: "runtime: create, root file system"; what was there already */
const char *subject_title(struct subject *s);
const char *subject_outcome(struct subject *s);
/* "crun 6460" for a process; "" for -1 */
const char *subject_name(struct subject *s, int process);
const char *subject_duration(struct subject *s, int64_t ns);
/* "3.2 ms later"; "at once" when that would be nothing */
const char *subject_later(struct subject *s, int64_t ns);

/* outcome.c: what kind of end it was; sets kind, event, process and message */
void subject_judge(struct subject *s);

/* hang.c: did the tracer look at calls that were under way? Who waits, and for what */
/* The first fact of those; n_facts: none. */
size_t hang_fact(const struct ct_model *model);
/* A signal by which somebody ends what takes too long; the fact of the first one that the
 * command got, n_facts: none. */
bool hang_interrupts(int signal);
size_t hang_request(const struct ct_model *model);
void subject_add_waiters(struct subject *s);

/* said.c: who said what, who repeated it; the chain from the call to the exit status */
void subject_add_said(struct subject *s);
void subject_add_chain(struct subject *s);

/* hook.c: whose hook it was that failed, and what it said */
void subject_add_hook(struct subject *s);
/* "prestart hook" if the process is of a hook that failed; NULL */
const char *subject_hook_name(const struct subject *s, int process);

/* state.c: credentials and what they lack */
void subject_add_state(struct subject *s);
void subject_add_stack(struct subject *s);

/* signature.c: cause and remedy from the catalogue, or from the errno */
void subject_add_cause(struct subject *s);
/* Does the catalogue know this as what a program says that refuses by itself? */
bool signature_is_decision(const char *said);
void subject_add_remedy(struct subject *s);

#endif
