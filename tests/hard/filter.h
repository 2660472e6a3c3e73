/* SPDX-License-Identifier: MIT */
/* A seccomp filter of one rule, for the cases that bring their own. */
#ifndef TESTS_HARD_FILTER_H
#define TESTS_HARD_FILTER_H

#include "hard.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>

/* Answers call number nr with action, allows the rest. Returns what seccomp(2) does. */
static inline long install_filter(unsigned int nr, unsigned int action,
				  unsigned int flags)
{
	struct sock_filter rules[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nr, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(rules) / sizeof(*rules), rules };

	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
}

#endif
