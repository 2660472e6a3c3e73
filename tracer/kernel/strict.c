/* SPDX-License-Identifier: MIT */
/*
 * The strict mode of seccomp. The kernel refuses it to who has a filter, and our tasks
 * have ours; so the tracer keeps its rules instead of the kernel (kernel/seccomp.c,
 * __secure_computing_strict()). It is the one thread's alone, and cannot be left or
 * inherited: it allows no clone and no execve. Should the tracer die, its tasks die too.
 */
#include "engine_internal.h"

#include "procfs.h"
#include "registers.h"

#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The mode is refused to who has a filter besides ours, and to who has said it wrongly.
 * Before Linux 5.9 nobody says how many filters there are: then it stays refused. */
static bool would_be_granted(const struct ct_task *task)
{
	const uint64_t *args = task->args;
	bool asked =
		task->plan->when == CT_WHEN_PRCTL
			? (int)args[0] == PR_SET_SECCOMP && args[1] == SECCOMP_MODE_STRICT
			: (unsigned int)args[0] == SECCOMP_SET_MODE_STRICT &&
				  !(unsigned int)args[1] && !args[2];

	return asked && ct_procfs_number(task->tid, "Seccomp_filters") == 1;
}

static void tell(struct ct_engine *engine, const struct ct_task *task, const char *words)
{
	struct ct_recbuf *rb = &engine->scratch;

	ct_recbuf_start(rb, CT_RECORD_NOTE)->t_ns = ct_monotonic_ns();
	ct_recbuf_blob(rb, CT_BLOB_TEXT, CT_BLOB_TASK, words, strlen(words));
	ct_engine_emit(engine, task, rb);
}

void ct_strict_begin(const struct ct_engine *engine, struct ct_task *task)
{
	if (!(task->plan->flags & CT_PLAN_FILTER) || !engine->config.filtered ||
	    task->strict != CT_STRICT_OFF || !would_be_granted(task))
		return;
	ct_regs_strict_begin(task->tid, (enum ct_arch)task->arch);
	task->strict = CT_STRICT_BEGINS;
}

void ct_strict_end(struct ct_engine *engine, struct ct_task *task)
{
	if (task->strict != CT_STRICT_BEGINS)
		return;
	ct_regs_strict_end(task->tid, (enum ct_arch)task->arch, task->args);
	task->strict = CT_STRICT_ON;
	tell(engine, task,
	     "seccomp's strict mode: kept by the tracer, because the kernel refuses it "
	     "to "
	     "who has a filter (/proc says mode 2, not 1)");
}

bool ct_strict_forbids(const struct ct_task *task, uint64_t nr)
{
	const long *allowed =
		task->arch == CT_ARCH_NATIVE ? ct_strict_calls : ct_strict_compat_calls;

	if (task->strict != CT_STRICT_ON)
		return false;
	/* numbers of any other architecture are none of these */
	for (int i = 0; i < CT_STRICT_CALLS; i++)
		if (nr == (uint64_t)allowed[i])
			return false;
	return true;
}

struct others {
	const struct ct_task *task;
	bool live;
};

static void look_at_other(struct ct_task *other, void *ctx)
{
	struct others *others = ctx;

	if (!others->live && other != others->task && other->pid == others->task->pid &&
	    !other->dead && other->strict != CT_STRICT_KILLED)
		others->live = !ct_procfs_is_zombie(other->tid);
}

/*
 * The kernel ends the thread alone, with SIGKILL as its status. Nobody but its tracer
 * sees the status of a thread, unless it is the last one: that is the process's.
 */
void ct_strict_kill(struct ct_engine *engine, struct ct_task *task)
{
	struct others others = { task, false };
	char words[128];

	ct_task_each(&engine->tasks, look_at_other, &others);
	snprintf(words, sizeof(words),
		 "seccomp's strict mode forbids %s: killed, as the kernel would",
		 task->plan->name ? task->plan->name : "this system call");
	tell(engine, task, words);
	task->strict = CT_STRICT_KILLED;
	ct_regs_exit_instead(task->tid, (enum ct_arch)task->arch);
	if (!others.live)
		syscall(SYS_tgkill, task->pid, task->tid, SIGKILL);
}

/* A leader's is its process's, which others may have outlived. */
int ct_strict_status(const struct ct_task *task, int wait_status)
{
	return task->strict == CT_STRICT_KILLED && task->tid != task->pid ? SIGKILL
									  : wait_status;
}
