/* SPDX-License-Identifier: MIT */
/* The init of a pid namespace, for which the kernel makes differences when it is traced.
 */
#include "engine_internal.h"

#include "procfs.h"
#include "registers.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define STATUS_MAX 4096

/* The kernel's own, for what the task has just done; not one that somebody has sent. */
static bool is_forced(const struct ct_task *task, int sig)
{
	siginfo_t info;

	if (sig != SIGSEGV && sig != SIGBUS && sig != SIGILL && sig != SIGFPE &&
	    sig != SIGTRAP && sig != SIGSYS)
		return false;
	return !ptrace(PTRACE_GETSIGINFO, task->tid, NULL, &info) && info.si_code > 0;
}

/* What follows the name of a line of /proc/PID/status; NULL. */
static const char *value_of(const char *status, const char *name)
{
	const char *found = strstr(status, name);

	return found ? found + strlen(name) : NULL;
}

/* Number 1 in the innermost of its pid namespaces? Whether it catches the signal: */
static bool is_init(pid_t tid, int sig, bool *catches)
{
	char status[STATUS_MAX];
	ssize_t n = ct_procfs_text(tid, "status", status, sizeof(status) - 1);
	const char *pids, *caught;

	if (n < 0)
		return false;
	status[n] = '\0';
	pids = value_of(status, "\nNStgid:");
	caught = value_of(status, "\nSigCgt:");
	if (!pids || !caught)
		return false;
	*catches = strtoull(caught, NULL, 16) >> (sig - 1) & 1;
	pids += strcspn(pids, "\n") - strlen("\t1");
	return !strncmp(pids, "\t1\n", strlen("\t1\n"));
}

/*
 * The kernel takes an init's immunity away when it forces such a signal upon it, but not
 * from one that is traced (force_sig_info_to_task() in kernel/signal.c): the signal is
 * dropped, and the same instruction crashes again, for ever. So the task is let go where
 * it stands: it does once more what it has done, and dies of that.
 */
bool ct_init_lets_die(const struct ct_task *task, int sig)
{
	bool catches;

	if (!is_forced(task, sig) || !is_init(task->tid, sig, &catches) || catches)
		return false;
	ct_regs_do_again(task->tid, sig);
	return !ptrace(PTRACE_DETACH, task->tid, NULL, (void *)(intptr_t)sig);
}

/*
 * Nobody in its namespace can stop an init. But a signal that is ignored is shown to a
 * tracer (sig_ignored()), and SIGSTOP has its effect when that lets it pass. Who sends
 * from outside has no number in there.
 */
bool ct_init_ignores(const struct ct_task *task, int sig)
{
	siginfo_t info;
	bool catches;

	return sig == SIGSTOP && !ptrace(PTRACE_GETSIGINFO, task->tid, NULL, &info) &&
	       info.si_code <= 0 && info.si_pid && is_init(task->tid, sig, &catches);
}
