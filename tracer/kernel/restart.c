/* SPDX-License-Identifier: MIT */
/* No EINTR that the task would not have got without a tracer. */
#include "restart.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>

#define CS_64BIT       0x33
#define ERESTARTNOHAND 514 /* the kernel's own: EINTR if a handler runs, else again */

/* These give EINTR for any signal that wakes them; most others say ERESTARTNOHAND. */
static const long interruptible[] = {
	SYS_epoll_wait,      SYS_epoll_pwait, SYS_epoll_pwait2, SYS_semop,
	SYS_rt_sigtimedwait, SYS_semtimedop,  SYS_io_getevents, SYS_io_pgetevents,
};

static bool is_interruptible(unsigned long long nr)
{
	for (size_t i = 0; i < sizeof(interruptible) / sizeof(*interruptible); i++)
		if ((unsigned long long)interruptible[i] == nr)
			return true;
	return false;
}

/* These end such a call without a tracer, too (signal(7)). */
static bool stops_or_continues(int sig)
{
	return sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU ||
	       sig == SIGCONT;
}

/*
 * A signal that is ignored wakes only a task that is traced (kernel/signal.c,
 * sig_ignored()). With the number that pause(2) has for this, the kernel itself decides,
 * after this stop, between the handler with EINTR and the same call again.
 */
void ct_restart_if_unhandled(pid_t tid, int sig)
{
	struct user_regs_struct regs;

	if (stops_or_continues(sig) || ptrace(PTRACE_GETREGS, tid, NULL, &regs))
		return;
	if (regs.cs == CS_64BIT && (long long)regs.rax == -EINTR &&
	    is_interruptible(regs.orig_rax))
		ptrace(PTRACE_POKEUSER, tid, (void *)offsetof(struct user, regs.rax),
		       (void *)(intptr_t)-ERESTARTNOHAND);
}
