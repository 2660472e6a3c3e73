/* SPDX-License-Identifier: MIT */
/* Who waits in which call: for a start that hangs, this is the answer. */
#include "engine_internal.h"

#include "machine.h"
#include "procfs.h"

#include <stdlib.h>

#define ELF_CLASS   4 /* byte of the ELF header */
#define ELF_CLASS32 1

/* The calls of a 32-bit program are numbered otherwise. */
static enum ct_arch arch_of_program(pid_t tid)
{
	char head[ELF_CLASS + 1] = "";

	ct_procfs_text(tid, "exe", head, sizeof(head));
	return head[ELF_CLASS] == ELF_CLASS32 ? CT_ARCH_COMPAT : CT_ARCH_NATIVE;
}

/*
 * The filter does not trap the calls in which a task usually waits; /proc knows them
 * (proc_pid_syscall(5)): "running", "-1 SP PC" outside of any call, or number, six
 * arguments, SP, PC. Since when it waits, nobody knows.
 */
bool ct_inside_ask(const struct ct_engine *engine, struct ct_task *task)
{
	char text[256], *at = text, *end;
	ssize_t n = ct_procfs_text(task->tid, "syscall", text, sizeof(text) - 1);
	int64_t nr;

	text[n > 0 ? n : 0] = '\0';
	nr = strtoll(at, &end, 10);
	for (int i = 0; i < 6 && end != at; i++) {
		at = end;
		task->args[i] = strtoull(at, &end, 16);
	}
	if (end == at)
		return false;
	task->nr = nr;
	task->arch = (uint16_t)arch_of_program(task->tid);
	task->plan = engine->config.plan((enum ct_arch)task->arch, nr);
	return true;
}

/* Threads of a Go program wait for work in futex(2) and epoll_pwait(2): that says
 * nothing. */
static bool is_idle_thread(const struct ct_task *task)
{
	return task->tid != task->pid && (task->plan->flags & CT_PLAN_QUIET);
}

void ct_inside_tell(struct ct_engine *engine, struct ct_task *task)
{
	bool seen = task->in_call, begun;
	struct ct_record *rec;

	if (!task->announced || task->dead || (!seen && !ct_inside_ask(engine, task)) ||
	    is_idle_thread(task))
		return;
	if (!seen)
		task->entered_ns = ct_monotonic_ns();
	begun = task->kept || (task->executes && (task->plan->flags & CT_PLAN_EXEC));
	if (!begun)
		ct_call_start_record(engine, task);
	task->executes &= begun;
	rec = ct_recbuf_record(&task->rec);
	rec->dur_ns = seen ? ct_monotonic_ns() - task->entered_ns : -1;
	rec->result = CT_RESULT_ONGOING;
	ct_engine_tell(engine, task, rec);
	/* it may return yet, and is told again then */
	rec->result = CT_RESULT_NONE;
	if (!begun)
		ct_recbuf_drop(&task->rec);
}
