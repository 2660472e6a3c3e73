/* SPDX-License-Identifier: MIT */
/* What is worth knowing of a task while it stands where its call has failed. */
#ifndef CTTRACE_RECORD_FAILURE_H
#define CTTRACE_RECORD_FAILURE_H

#include "plan.h"

enum {
	CT_ASK_RIGHTS = 1 << 0, /* credentials, namespaces and their owners, label, cgroup
				 */
	CT_ASK_MOUNTS = 1 << 1, /* where the path lies */
	CT_ASK_LIMITS = 1 << 2,
	CT_ASK_STATUS = 1 << 3, /* credentials only */
	CT_ASK_STACK = 1 << 4,  /* of who builds a container */
};

/* The errors of which nothing is asked: bit number errno. */
void ct_failure_questions(const struct ct_plan *plan, uint64_t errors[2]);

/* CT_ASK_…, for a positive errno. 0: the call itself says it all. */
unsigned int ct_failure_asks(const struct ct_plan *plan, int error);

#endif
