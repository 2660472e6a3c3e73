/* SPDX-License-Identifier: MIT */
/* The seccomp filter that makes only the calls stop that matter. */
#ifndef CTTRACE_KERNEL_FILTER_H
#define CTTRACE_KERNEL_FILTER_H

#include "cttrace/error.h"
#include "plan.h"

#include <linux/filter.h>

/*
 * What our traps say of themselves. The newest of several filters that say TRACE is the
 * one whose data arrives (seccomp(2)): another number is another filter's trap.
 */
#define CT_FILTER_MARK 0x6374

struct ct_filter {
	struct sock_filter *program;
	unsigned short len; /* instructions */
};

/* Walks the key calls: ct_plan_each_key(). */
typedef void ct_each_key(void (*fn)(const struct ct_plan *plan, int nr, void *ctx),
			 void *ctx);

/*
 * For x86_64 with i386 tasks beside it; x32 calls all stop. The lighter one is for tasks
 * whose key calls somebody else sees, too: without those that need no stop then.
 */
int ct_filter_build(struct ct_filter *filter, ct_each_key *each_key, bool lighter,
		    struct ct_error *err);
/*
 * Installs it in the calling task. First without no_new_privs, which needs CAP_SYS_ADMIN
 * but keeps set-uid programs working; only if that is refused, with it.
 * Async-signal-safe. Returns -errno.
 */
int ct_filter_install(const struct ct_filter *filter);
void ct_filter_release(struct ct_filter *filter);

#endif
