/* SPDX-License-Identifier: MIT */
/* The reasons of ptrace_may_access() and ptrace_attach(), guessed from outside. */
#include "refusal.h"

#include "procfs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KTHREAD_FLAG 0x00200000 /* PF_KTHREAD of /proc/PID/stat */

static bool is_kernel_thread(pid_t pid)
{
	enum { WORDS_BEFORE_FLAGS = 7 }; /* the parenthesis is one of them */
	char text[512], *at;
	ssize_t n = ct_procfs_text(pid, "stat", text, sizeof(text) - 1);

	text[n > 0 ? n : 0] = '\0';
	/* the name is in parentheses, and may have some of its own */
	at = strrchr(text, ')');
	for (int i = 0; at && i < WORDS_BEFORE_FLAGS; i++) {
		at = strchr(at, ' ');
		at = at ? at + 1 : NULL;
	}
	return at && (strtoul(at, NULL, 10) & KTHREAD_FLAG);
}

int ct_refusal_check(pid_t pid, struct ct_error *err)
{
	pid_t self = getpid(), tracer = (pid_t)ct_procfs_number(self, "TracerPid");
	long tgid = ct_procfs_number(pid, "Tgid");

	if (tgid < 0)
		return ct_refusal_explain(pid, ESRCH, err);
	if (tgid != pid)
		return ct_error_set(err, EINVAL,
				    "%d is a thread of process %ld: attach to that", pid,
				    tgid);
	if (pid == self)
		return ct_error_set(err, EINVAL, "process %d is cttrace itself", pid);
	if (pid == tracer)
		return ct_error_set(err, EINVAL,
				    "process %d traces cttrace: "
				    "each would wait for the other",
				    pid);
	for (long up = ct_procfs_number(self, "PPid"); up > 0;
	     up = ct_procfs_number((pid_t)up, "PPid"))
		if (up == pid)
			return ct_error_set(err, EINVAL,
					    "process %d is an ancestor of cttrace, "
					    "which would stop with it",
					    pid);
	return 0;
}

/* Yama's word (ptrace(2), "/proc/sys/kernel/yama/ptrace_scope"); 0 where there is none.
 */
static long yama_scope(void)
{
	FILE *in = fopen("/proc/sys/kernel/yama/ptrace_scope", "re");
	char line[16] = "";
	long scope = 0;

	if (!in)
		return 0;
	if (fgets(line, sizeof(line), in))
		scope = strtol(line, NULL, 10);
	fclose(in);
	return scope;
}

static int not_permitted(pid_t pid, struct ct_error *err)
{
	long tracer = ct_procfs_number(pid, "TracerPid");
	long scope = yama_scope();
	char name[64];

	if (tracer > 0) {
		ct_procfs_comm((pid_t)tracer, name, sizeof(name));
		return ct_error_set(err, EPERM,
				    "process %d is traced already, by %s (%ld)", pid,
				    *name ? name : "a process", tracer);
	}
	if (is_kernel_thread(pid))
		return ct_error_set(err, EPERM,
				    "%d is a kernel thread: it makes no system calls",
				    pid);
	/* the same to a caller as one that is gone */
	if (ct_procfs_is_zombie(pid))
		return ct_error_set(err, ESRCH, "process %d has ended already (a zombie)",
				    pid);
	if (scope >= 3)
		return ct_error_set(err, EPERM,
				    "kernel.yama.ptrace_scope is %ld: nobody may "
				    "attach until the next boot",
				    scope);
	if (scope && geteuid())
		return ct_error_set(
			err, EPERM,
			"kernel.yama.ptrace_scope is %ld: only root may attach "
			"(sudo cttrace -p %d)",
			scope, pid);
	ct_procfs_comm(pid, name, sizeof(name));
	if (geteuid())
		return ct_error_set(err, EPERM,
				    "not permitted to trace %s (%d): it needs root "
				    "(sudo cttrace -p %d)",
				    name, pid, pid);
	return ct_error_set(
		err, EPERM,
		"not permitted to trace %s (%d): this root lacks CAP_SYS_PTRACE "
		"in the process's user namespace",
		name, pid);
}

int ct_refusal_explain(pid_t pid, int error, struct ct_error *err)
{
	if (error == ESRCH)
		return ct_error_set(err, ESRCH, "there is no process %d", pid);
	if (error == EPERM)
		return not_permitted(pid, err);
	return ct_error_set(err, error, "cannot trace process %d: %s", pid,
			    strerror(error));
}
