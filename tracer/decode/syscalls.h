/* SPDX-License-Identifier: MIT */
/* The table of system calls: what a plan says, and what its arguments are. */
#ifndef CTTRACE_DECODE_SYSCALLS_H
#define CTTRACE_DECODE_SYSCALLS_H

#include "kinds.h"
#include "plan.h"

struct ct_syscall {
	struct ct_plan plan;
	const char *arg_name[6];
	uint8_t arg_kind[6]; /* enum ct_kind_id */
};

/* The row of a call; never NULL: a number without one has a row without a name. */
const struct ct_syscall *ct_syscall_find(enum ct_arch arch, int64_t nr);
/* The row of that name, or NULL. */
const struct ct_syscall *ct_syscall_by_name(const char *name);
/* The same, of any architecture's name for it: mmap2 has the row of mmap. */
const struct ct_syscall *ct_syscall_by_any_name(const char *name);
/* The number of such a row on x86_64. */
int64_t ct_syscall_number(const struct ct_syscall *row);
/* Since Linux 5.1 a new call has one number on all machines, from this one on. */
static inline bool ct_syscall_is_common(int64_t nr)
{
	return nr >= 424 && nr < 512;
}
/* The row of an x86_64 number, or NULL. */
const struct ct_syscall *ct_syscall_native(int64_t nr);
/* The same for a number of any other architecture: the same calls under other numbers. */
const struct ct_syscall *ct_syscall_foreign(enum ct_arch arch, int64_t nr);
/* What such a call that has no row is named; NULL: it has no name either. */
char *ct_syscall_foreign_name(enum ct_arch arch, int64_t nr, struct ct_arena *arena);

#endif
