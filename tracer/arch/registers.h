/* SPDX-License-Identifier: MIT */
/*
 * Registers of a stopped task, whatever the machine. What differs between machines is in
 * one folder for each, of which one is built: its machine.h (constants) and registers.c.
 */
#ifndef CTTRACE_ARCH_REGISTERS_H
#define CTTRACE_ARCH_REGISTERS_H

#include "cttrace/event.h"
#include "machine.h"

#include <stddef.h>
#include <sys/types.h>
#include <sys/user.h>

/* A call, as registers have it. At its end some machines have the result in the place of
 * the first argument. */
struct ct_regs_call {
	int64_t nr;
	uint64_t args[6];
	int64_t ret;
	bool compat; /* the registers are those of 32-bit code */
};

/* 0, or -errno. Registers of 32-bit code are put where the machine's own are. */
int ct_regs_read(pid_t tid, struct user_regs_struct *regs);
/* Was it stopped in 32-bit code? */
bool ct_regs_compat(const struct user_regs_struct *regs);
/* The call that they are of, in the middle of it or at its end. */
void ct_regs_call(const struct user_regs_struct *regs, struct ct_regs_call *call);
uint64_t ct_regs_ip(const struct user_regs_struct *regs);
uint64_t ct_regs_sp(const struct user_regs_struct *regs);

/* At the entry of a call: with another first argument; and at its end, as it was. */
void ct_regs_change_arg0(pid_t tid, enum ct_arch arch, uint64_t value);
void ct_regs_restore_arg0(pid_t tid, enum ct_arch arch, uint64_t value);
/* At the entry of a call: it is not made, and gives ENOSYS, as a filter that wants a
 * tracer gets it without one (seccomp(2)). */
void ct_regs_skip_call(pid_t tid);
/*
 * The strict mode of seccomp, for who cannot have the kernel's. At the entry of the call
 * that asks for it: it will give 0, and does what else the mode does on this machine. At
 * its exit: the other registers are as they were.
 */
void ct_regs_strict_begin(pid_t tid, enum ct_arch arch);
void ct_regs_strict_end(pid_t tid, enum ct_arch arch, const uint64_t args[6]);
/* At the entry of a call: the thread calls exit(2) instead, with status 0. */
void ct_regs_exit_instead(pid_t tid, enum ct_arch arch);

/*
 * In a stop for a signal: a call that this has ended with EINTR is made again, unless a
 * handler runs. Does nothing where the kernel cannot be asked for that any more.
 */
void ct_regs_make_restart(pid_t tid);
/*
 * In a stop for a signal that the task has caused itself: the instruction that did it is
 * the next one. Most faults leave it at that; calls and breakpoints do not.
 */
void ct_regs_do_again(pid_t tid, int sig);
/* What is where the result would be, when a filter has said TRAP (seccomp(2)). */
int64_t ct_regs_rolled_back(int64_t nr, const uint64_t args[6]);

/* The CT_WALK_REGS registers of the unwinder, by libunwind's numbers (unwinding.h). */
void ct_regs_unwind(const struct user_regs_struct *regs, uint64_t *walk);

/* The calls that the strict mode allows, and in 32-bit code (mode1_syscalls). */
#define CT_STRICT_CALLS 4
extern const long ct_strict_calls[CT_STRICT_CALLS];
extern const long ct_strict_compat_calls[CT_STRICT_CALLS];

/* These calls give EINTR for any signal that wakes them; most others start again. */
extern const long ct_interruptible[];
extern const size_t ct_n_interruptible;

#endif
