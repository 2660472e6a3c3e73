/* SPDX-License-Identifier: MIT */
/* What the kernel that runs says to filters: the truth that our own runs are held to. */
#ifndef CTTRACE_TESTS_BPF_KERNEL_H
#define CTTRACE_TESTS_BPF_KERNEL_H

#include "cttrace/event.h"

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Would the kernel take this program? Never installs it. Between kernel_begin() and
 * kernel_end(); false from kernel_begin() when this kernel cannot be asked.
 */
bool kernel_begin(int *listener);
bool kernel_accepts(const struct sock_filter *program, size_t len);
void kernel_end(int listener);

struct kernel_call {
	enum ct_arch arch;
	uint32_t nr;
	uint64_t args[6];
	int error; /* out: the errno that the program gave; -1: it killed */
};

/*
 * Makes the calls in a child under the program, which must deny every call with some
 * errno, so that none of them is executed.
 */
void kernel_answers(const struct sock_filter *program, size_t len,
		    struct kernel_call *calls, size_t n);

#endif
