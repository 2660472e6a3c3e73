/* SPDX-License-Identifier: MIT */
/* A seccomp program, taken from bytes that a tracee chose. */
#ifndef CTTRACE_MODEL_BPF_PROGRAM_H
#define CTTRACE_MODEL_BPF_PROGRAM_H

#include "cttrace/arena.h"

#include <linux/filter.h>
#include <stddef.h>

/*
 * Always one that the kernel would accept: the operations that seccomp allows, jumps
 * forward and inside, a return at the end, no read of scratch memory before a write.
 */
struct ct_bpf_program {
	size_t len; /* 1 … BPF_MAXINSNS */
	struct sock_filter instructions[];
};

/* `bytes` is an array of struct sock_filter. NULL when it is no such program. */
const struct ct_bpf_program *ct_bpf_program_new(struct ct_arena *arena, const char *bytes,
						size_t size);

#endif
