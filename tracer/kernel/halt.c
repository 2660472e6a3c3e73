/* SPDX-License-Identifier: MIT */
/* The stops that the second eye causes: for a call that needs one, or for want of room.
 */
#include "engine_internal.h"

#include <signal.h>
#include <sys/user.h>

#define CS_64BIT 0x33

/*
 * A SIGSTOP that somebody sends has his pid and SI_USER or SI_TKILL; the kernel itself
 * sends none to a task that was seized. So this one is from the BPF program.
 */
bool ct_halt_is(const struct ct_task *task, int sig)
{
	siginfo_t info;

	return sig == SIGSTOP && task->watched &&
	       !ptrace(PTRACE_GETSIGINFO, task->tid, NULL, &info) &&
	       info.si_code == SI_KERNEL;
}

/* The registers are those of the call's end: nothing has run since. */
static bool take_call(const struct ct_engine *engine, struct ct_task *task, int64_t *ret)
{
	struct user_regs_struct regs;

	if (ptrace(PTRACE_GETREGS, task->tid, NULL, &regs) || regs.cs != CS_64BIT)
		return false;
	task->nr = (int64_t)regs.orig_rax;
	task->arch = CT_ARCH_X86_64;
	task->args[0] = regs.rdi;
	task->args[1] = regs.rsi;
	task->args[2] = regs.rdx;
	task->args[3] = regs.r10;
	task->args[4] = regs.r8;
	task->args[5] = regs.r9;
	task->plan = engine->config.plan(CT_ARCH_X86_64, task->nr);
	*ret = (int64_t)regs.rax;
	return *ret < 0 || (task->plan->flags & CT_PLAN_WRITE) ||
	       ct_plan_needs_no_stop(task->plan);
}

/* What is gone when the task goes on: why it failed, or where somebody was moved to. What
 * a magic link stands for has been copied like at any entry. */
static void capture_end(struct ct_engine *engine, struct ct_task *task, int64_t ret)
{
	struct ct_record *rec;

	if (ret < 0)
		ct_call_capture_failure(engine, task, (int)-ret);
	else if (task->plan->flags & CT_PLAN_WRITE)
		ct_window_moved(&task->rec, engine, task);
	rec = ct_recbuf_record(&task->rec);
	rec->dur_ns = -1;
	rec->flags = CT_CALL_HALTED;
	rec->result = ret < 0 ? CT_RESULT_ERROR : CT_RESULT_VALUE;
	rec->ret = ret;
}

bool ct_halt_serve(struct ct_engine *engine, struct ct_task *task, int sig)
{
	int64_t ret;

	if (!ct_halt_is(task, sig))
		return false;
	if (engine->config.must_wait(engine->config.ctx, ct_task_id(task))) {
		task->waits = true;
		atomic_store(&engine->waits, true);
		return true;
	}
	if (take_call(engine, task, &ret)) {
		task->entered_ns = ct_now_ns();
		ct_call_start_record(engine, task);
		capture_end(engine, task, ret);
		ct_engine_emit(engine, task, &task->rec);
	}
	ct_engine_resume(engine, task, 0);
	return true;
}

static void go_on(struct ct_task *task, void *ctx)
{
	if (!task->waits)
		return;
	task->waits = false;
	ct_engine_resume(ctx, task, 0);
}

void ct_halt_end_waits(struct ct_engine *engine)
{
	if (!atomic_load(&engine->waits) || !engine->config.has_room(engine->config.ctx))
		return;
	atomic_store(&engine->waits, false);
	ct_task_each(&engine->tasks, go_on, engine);
}

void ct_engine_room_made(struct ct_engine *engine)
{
	/* it is blocked, and so stays until the engine looks for it */
	if (atomic_load(&engine->waits))
		pthread_kill(engine->thread, SIGCHLD);
}
