/* SPDX-License-Identifier: MIT */
/* No EINTR that the task would not have got without a tracer. */
#include "restart.h"

#include "registers.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>

static bool is_interruptible(int64_t nr)
{
	for (size_t i = 0; i < ct_n_interruptible; i++)
		if (ct_interruptible[i] == nr)
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
 * sig_ignored()).
 */
void ct_restart_if_unhandled(pid_t tid, int sig)
{
	struct user_regs_struct regs;
	struct ct_regs_call call;

	if (stops_or_continues(sig) || ct_regs_read(tid, &regs))
		return;
	ct_regs_call(&regs, &call);
	if (!call.compat && call.ret == -EINTR && is_interruptible(call.nr))
		ct_regs_make_restart(tid);
}
