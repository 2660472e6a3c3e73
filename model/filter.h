/* SPDX-License-Identifier: MIT */
/* Seccomp filters: which ones a task has, and which failures are their answers. */
#ifndef CTTRACE_MODEL_FILTER_H
#define CTTRACE_MODEL_FILTER_H

#include "state.h"

/* What a new task has from its creator (a task; -1: unknown). */
void filter_birth(const struct feed *f, int creator);
/* seccomp or prctl has set a mode. */
void filter_install(struct feed *f);
/* A call has failed: who said so? */
void filter_attribute(const struct feed *f);
/* The payload of that container begins with the filters of this task. */
void filter_payload(struct model *m, int task, int site);
/* What the filters of the containers answer. */
void filter_compute(struct model *m);
/* A call with arguments of which all are known. */
struct filter_question {
	int64_t nr;
	uint64_t args[6];
};
/* The answer of the container's filters; CT_VERDICT_UNDETERMINED: it is not known. */
enum ct_verdict filter_answer(struct model *m, int site,
			      const struct filter_question *question, int *error);
void filter_release(struct model *m);

#endif
