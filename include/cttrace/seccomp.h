/* SPDX-License-Identifier: MIT */
/* What the seccomp filters of a container answer, found out by running them on paper. */
#ifndef CTTRACE_SECCOMP_H
#define CTTRACE_SECCOMP_H

#include "cttrace/event.h"

/* What happens to a system call, from the most restrictive on; seccomp(2) has the words.
 */
enum ct_verdict {
	CT_VERDICT_KILL_PROCESS, /* also: a return value that no kernel knows */
	CT_VERDICT_KILL_THREAD,
	CT_VERDICT_TRAP,   /* SIGSYS, which the program may catch */
	CT_VERDICT_ERRNO,  /* not executed: fails with an errno, or returns 0 */
	CT_VERDICT_NOTIFY, /* another process decides */
	CT_VERDICT_TRACE,  /* a tracer decides; without one it is ENOSYS */
	CT_VERDICT_LOG,    /* executed, and logged */
	CT_VERDICT_ALLOW,
	CT_VERDICT_CONDITIONAL,  /* its arguments decide between several of the above */
	CT_VERDICT_UNDETERMINED, /* the filter computes its answer, or has too many */
	CT_VERDICTS,
};
const char *ct_verdict_name(enum ct_verdict verdict); /* "kill_process", …, "allow" */

struct ct_seccomp_call {
	const char *name; /* "mount" */
	int64_t nr;
	enum ct_verdict verdict;
	int error;          /* of CT_VERDICT_ERRNO; 0: it is made to return 0 */
	const char *answer; /* "allow", "EPERM", "allow or EPERM", … */
};

struct ct_seccomp {
	size_t n_filters,
		n_instructions;        /* all filters count: the strictest answer wins */
	enum ct_arch arch;             /* whose calls these are */
	struct ct_seccomp_call *calls; /* every call with a name, by number */
	size_t n_calls;
	size_t count[CT_VERDICTS]; /* how many calls have this verdict */
	/*
	 * Calls that nobody named in the filters, so far as that can be told: the answer
	 * to a number between others that no call has, and to those above all names.
	 */
	const char *default_answer, *newer_answer;
	unsigned int
		archs; /* 1 << enum ct_arch: told apart from a foreign architecture */
};

#endif
