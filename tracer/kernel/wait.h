/* SPDX-License-Identifier: MIT */
/* What wait4(2) says: all that is ready at once. */
#ifndef CTTRACE_KERNEL_WAIT_H
#define CTTRACE_KERNEL_WAIT_H

#include <sys/types.h>

struct ct_engine;

#define CT_WAIT_MAX 1024 /* statuses taken before they are served */

struct ct_wait_batch {
	int n;
	struct {
		pid_t tid; /* 0: the stop is over already */
		int status;
	} item[CT_WAIT_MAX];
};

/* Waits for the next ones. None when there is no tracee left, or a request has come. */
void ct_wait_next(struct ct_engine *engine, struct ct_wait_batch *batch);

#endif
