/* SPDX-License-Identifier: MIT */
/* What this host lets cttrace do, found out by doing it. */
#ifndef CTTRACE_CHECK_H
#define CTTRACE_CHECK_H

#include "cttrace/strbuf.h"

#include <stddef.h>

enum ct_check_need {
	CT_CHECK_MUST, /* without it nothing can be traced */
	CT_CHECK_MORE, /* without it less is seen, or can be done */
};

struct ct_trial {
	const char *name;  /* stable: "ptrace" */
	const char *title; /* "trace a child process" */
	enum ct_check_need need;
	const char *cost, *remedy; /* when it fails */
	/* 0, or a positive errno; `said` may get a line of details. It may change what it
	 * likes of its process: that is a child. */
	int (*run)(struct ct_strbuf *said);
};

/* Ends with a row without a name. */
extern const struct ct_trial ct_trials[];

/* Runs it in a child process; as ct_trial.run. */
int ct_trial_run(const struct ct_trial *trial, struct ct_strbuf *said);

#endif
