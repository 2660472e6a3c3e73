/* SPDX-License-Identifier: MIT */
/* The stops that the second eye causes: for a call that needs one, or for want of room.
 */
#include "engine_internal.h"

#include "capture.h"
#include "registers.h"
#include "rights.h"

#include <signal.h>

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

/* The registers are those of the call's end: nothing has run since. Some machines have
 * the result where the first argument was: the second eye knows that. */
static bool take_call(const struct ct_engine *engine, struct ct_task *task, uint64_t arg0,
		      int64_t *ret)
{
	struct user_regs_struct regs;
	struct ct_regs_call call;

	if (ct_regs_read(task->tid, &regs) || ct_regs_compat(&regs))
		return false;
	ct_regs_call(&regs, &call);
	task->nr = call.nr;
	task->arch = CT_ARCH_NATIVE;
	task->args[0] = arg0;
	for (int i = 1; i < 6; i++)
		task->args[i] = call.args[i];
	task->plan = engine->config.plan(CT_ARCH_NATIVE, task->nr);
	*ret = call.ret;
	return *ret < 0 || (task->plan->flags & CT_PLAN_WRITE) ||
	       ct_plan_needs_no_stop(task->plan) || ct_plan_is_overheard(task->plan);
}

/* Messages are worth telling by what they are; of a builder, also if they fail, or are
 * kept anyway. */
static bool is_wanted(struct ct_task *task, int64_t ret)
{
	bool kept = task->depth == CT_DEPTH_BUILDER && (task->plan->flags & CT_PLAN_KEEP);

	task->netlink = -1;
	task->asks = false;
	if (task->plan->flags & (CT_PLAN_TALK | CT_PLAN_WRITE))
		ct_netlink_wants(task);
	return !ct_plan_is_overheard(task->plan) || task->netlink >= 0 ||
	       ct_rights_sent(task) || ret < 0 || kept;
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
	else if (ct_plan_is_overheard(task->plan))
		ct_capture_exit(&task->rec, task, ret);
	if (ret >= 0)
		ct_netlink_answered(&task->rec, task);
	rec = ct_recbuf_record(&task->rec);
	rec->dur_ns = -1;
	rec->flags = CT_CALL_HALTED;
	rec->result = ret < 0 ? CT_RESULT_ERROR : CT_RESULT_VALUE;
	rec->ret = ret;
}

bool ct_halt_serve(struct ct_engine *engine, struct ct_task *task, int sig)
{
	uint64_t arg0 = 0;
	int64_t ret;

	if (!ct_halt_is(task, sig))
		return false;
	if (engine->config.must_wait(engine->config.ctx, ct_task_id(task), &arg0)) {
		task->waits = true;
		atomic_store(&engine->waits, true);
		return true;
	}
	task->executes = false; /* if it was that, it has failed */
	if (take_call(engine, task, arg0, &ret) && is_wanted(task, ret)) {
		task->entered_ns = ct_monotonic_ns();
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
