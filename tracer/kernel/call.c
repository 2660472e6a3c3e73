/* SPDX-License-Identifier: MIT */
/* A system call: decide at its entry whether it is kept, complete it at its exit. */
#include "engine_internal.h"

#include "arch.h"
#include "capture.h"
#include "condition.h"
#include "failure.h"
#include "memory.h"
#include "program.h"
#include "registers.h"
#include "rights.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/syscall.h>

#define COMPAT_RESTART_SYSCALL 0

#define ERESTART_MIN 512 /* the kernel's own: ERESTARTSYS … ERESTART_RESTARTBLOCK */
#define ERESTART_MAX 516

/*
 * The flags of a call that has them in a struct: the first word of clone_args and
 * open_how. All bits when they cannot be read: that call will fail, and is worth keeping.
 */
static uint64_t flags_of(const struct ct_task *task)
{
	int arg = task->plan->when == CT_WHEN_CLONE_ARGS ? 0 : 2;
	uint64_t flags = UINT64_MAX;

	if (task->plan->flags & CT_PLAN_CLONE)
		return task->args[0];
	if (task->plan->when == CT_WHEN_CLONE_ARGS ||
	    task->plan->when == CT_WHEN_OPEN_HOW)
		ct_memory_read(task->tid, task->args[arg], &flags, sizeof(flags));
	return flags;
}

/* The filter cannot look behind a pointer: these calls stop always, and are sorted here.
 */
static bool flags_matter(const struct ct_task *task)
{
	if (task->plan->when == CT_WHEN_CLONE_ARGS)
		return task->flags &
		       (CT_CLONE_NEW_NS | CLONE_UNTRACED | CLONE_INTO_CGROUP);
	if (task->plan->when == CT_WHEN_OPEN_HOW)
		return task->flags & O_ACCMODE;
	return true;
}

static bool is_wanted(const struct ct_engine *engine, struct ct_task *task)
{
	const struct ct_plan *plan = task->plan;
	bool all = ct_engine_sees_all(engine, task);

	if (!engine->root_runs && !(plan->flags & CT_PLAN_EXEC))
		return false;
	if ((plan->flags & CT_PLAN_TALK) && ct_netlink_wants(task))
		return true;
	if ((plan->flags & CT_PLAN_TALK) && ct_rights_sent(task))
		return true;
	if (!(plan->flags & CT_PLAN_TALK) && ct_condition_holds(plan, task->args))
		return flags_matter(task);
	if ((plan->flags & CT_PLAN_WRITE) && task->n_windows)
		ct_netlink_wants(task);
	if (plan->flags & CT_PLAN_WRITE)
		return ct_window_wants(engine, task, (int)task->args[0]) ||
		       ct_message_wants(engine, task);
	if (all && task->inside && ct_condition_changes(plan, task->args))
		return flags_matter(task);
	return (all || task->depth == CT_DEPTH_BUILDER) && (plan->flags & CT_PLAN_KEEP);
}

/* Its registers or memory must be as before when it has returned. */
static bool is_changed(const struct ct_task *task)
{
	return task->patched_addr || task->strict == CT_STRICT_BEGINS;
}

void ct_call_start_record(const struct ct_engine *engine, struct ct_task *task)
{
	struct ct_record *rec = ct_recbuf_start(&task->rec, CT_RECORD_CALL);

	rec->arch = task->arch;
	rec->t_ns = task->entered_ns;
	rec->nr = task->nr;
	for (int i = 0; i < 6; i++)
		rec->args[i] = task->args[i];
	ct_capture_entry(&task->rec, task);
	ct_netlink_capture(&task->rec, task);
	ct_ioctl_capture(&task->rec, task);
	if (engine->config.all_stacks)
		ct_snapshot_take(engine, task);
}

static bool is_told_exec(const struct ct_engine *engine, const struct ct_task *task)
{
	return engine->config.tells_exec && (task->plan->flags & CT_PLAN_EXEC) &&
	       task->arch == CT_ARCH_NATIVE;
}

/*
 * The second eye tells the result of this call: it needs no exit stop, and half of all
 * stops are such. Not while a window is open: then an exit stop comes anyway. Of an
 * execve the success has a stop of its own, which tells what has begun here.
 */
static bool leave_end(struct ct_engine *engine, struct ct_task *task)
{
	struct ct_record *rec = ct_recbuf_record(&task->rec);

	if (!task->kept || !task->watched || task->n_windows || is_changed(task) ||
	    task->asks || ct_engine_sees_all(engine, task) ||
	    !(ct_plan_ends_plainly(task->plan) || is_told_exec(engine, task)))
		return false;
	task->executes = task->plan->flags & CT_PLAN_EXEC;
	rec->flags = CT_CALL_UNFINISHED;
	ct_engine_tell(engine, task, rec);
	rec->flags = 0;
	if (!task->executes)
		ct_recbuf_drop(&task->rec);
	task->kept = false;
	task->in_call = false;
	return true;
}

/* The end of a program is an event of its own; the call is, if it explains the end. */
static void tell_missing(struct ct_engine *engine, struct ct_task *task)
{
	ct_recbuf_record(&task->rec)->result = CT_RESULT_NONE;
	if (engine->config.find_missing &&
	    engine->config.find_missing(&task->rec, task->tid))
		ct_engine_emit(engine, task, &task->rec);
	task->kept = false;
}

/*
 * A call with a time-out that a stop has interrupted goes on as restart_syscall(2), which
 * has no arguments: it is still the call that was seen before, if that was seen.
 */
static bool goes_on(const struct ct_engine *engine, const struct ct_task *task,
		    const struct ptrace_syscall_info *info)
{
	uint64_t restart = ct_arch_is_narrow(ct_arch_of(info->arch, info->entry.nr))
				   ? COMPAT_RESTART_SYSCALL
				   : SYS_restart_syscall;

	return info->entry.nr == restart && task->plan &&
	       ct_engine_sees_all(engine, task);
}

void ct_call_enter(struct ct_engine *engine, struct ct_task *task,
		   const struct ptrace_syscall_info *info)
{
	bool exits, forbidden;

	if (!goes_on(engine, task, info)) {
		/* seccomp's part of the union begins like entry's */
		task->nr = (int64_t)info->entry.nr;
		task->arch = (uint16_t)ct_arch_of(info->arch, info->entry.nr);
		for (int i = 0; i < 6; i++)
			task->args[i] = info->entry.args[i];
		task->plan = engine->config.plan((enum ct_arch)task->arch, task->nr);
	}
	task->entered_ns = ct_monotonic_ns();
	task->executes = false;
	task->flags = flags_of(task);
	task->netlink = -1;
	task->asks = false;
	forbidden = ct_strict_forbids(task, info->entry.nr);
	task->kept = is_wanted(engine, task) || forbidden;
	if (task->kept && (task->plan->flags & CT_PLAN_WRITE))
		ct_message_tell(engine, task);
	if (task->kept) {
		ct_call_start_record(engine, task);
		ct_netlink_follow(engine, task);
	}
	if (forbidden) {
		task->in_call = true; /* it will not come back from it */
		ct_strict_kill(engine, task);
		return;
	}
	ct_untraced_begin(task);
	ct_strict_begin(engine, task);
	exits = !(task->plan->flags & CT_PLAN_NO_EXIT);
	/* the descriptor is gone even if close fails: without it, this stop is the last
	 */
	if (task->plan->flags & CT_PLAN_CLOSE)
		ct_window_close(task, (int)task->args[0]);
	if (!exits && task->kept)
		tell_missing(engine, task);
	if (leave_end(engine, task))
		return;
	task->in_call = exits && (task->kept || ct_engine_sees_all(engine, task) ||
				  is_changed(task) || task->n_windows);
	if (task->n_windows && !task->kept)
		ct_window_spend(task);
}

static enum ct_result result_of(int64_t ret, bool is_error)
{
	if (!is_error)
		return CT_RESULT_VALUE;
	return -ret >= ERESTART_MIN && -ret <= ERESTART_MAX ? CT_RESULT_RESTART
							    : CT_RESULT_ERROR;
}

/* What a successful call has changed, read while the task is still stopped. */
static void capture_changes(struct ct_engine *engine, struct ct_task *task, int64_t ret)
{
	unsigned int flags = task->plan->flags;

	/* prctl(2) and seccomp(2) are many calls in one: /proc is read for the few that
	 * set */
	ct_capture_exit(&task->rec, task, ret);
	ct_ioctl_filled(&task->rec, task);
	ct_netlink_answered(&task->rec, task);
	ct_capture_state(&task->rec, task->tid,
			 flags & (CT_PLAN_NS | CT_PLAN_STATUS | CT_PLAN_CGROUP));
	if (flags & CT_PLAN_WRITE)
		ct_window_moved(&task->rec, engine, task);
}

void ct_call_capture_failure(const struct ct_engine *engine, struct ct_task *task,
			     int error)
{
	if (task->plan->flags & CT_PLAN_EXEC)
		ct_program_capture(&task->rec, task->tid);
	ct_circumstances_take(task, error);
	if (!engine->config.all_stacks && ct_depth_builds(task) &&
	    (ct_failure_asks(task->plan, error) & CT_ASK_STACK))
		ct_snapshot_take(engine, task);
}

static void follow_descriptors(struct ct_task *task, int64_t ret)
{
	if ((task->plan->flags & (CT_PLAN_OPEN | CT_PLAN_SOCKET)) && task->kept)
		ct_window_open(task, (int)ret);
	if (task->plan->flags & CT_PLAN_DUP)
		ct_window_dup(task, (int)task->args[0], (int)ret);
}

/*
 * A filter of its own has said TRAP: the call was not made, the register where the result
 * would be is as it was before it, and SIGSYS is on its way (seccomp(2)).
 */
static bool was_trapped(const struct ct_task *task, int64_t rval)
{
	struct __ptrace_peeksiginfo_args some = { .off = 0, .flags = 0, .nr = 8 };
	siginfo_t pending[8];
	long n = 0;

	if (rval == ct_regs_rolled_back(task->nr, task->args))
		n = ptrace(PTRACE_PEEKSIGINFO, task->tid, &some, pending);
	for (long i = 0; i < n; i++)
		if (pending[i].si_signo == SIGSYS)
			return true;
	return false;
}

void ct_call_leave(struct ct_engine *engine, struct ct_task *task,
		   const struct ptrace_syscall_info *info)
{
	enum ct_result result = result_of(info->exit.rval, info->exit.is_error);
	struct ct_record *rec;

	if (!task->in_call)
		return; /* the exit of an exec or clone that was told by its event */
	task->in_call = false;
	ct_untraced_end(task);
	ct_strict_end(engine, task);
	if (was_trapped(task, info->exit.rval))
		result = CT_RESULT_NONE;
	/* the second eye leaves to this one what has an exit stop */
	if (!task->kept && result == CT_RESULT_ERROR &&
	    (task->watched || ct_engine_sees_all(engine, task)) && engine->root_runs &&
	    !(task->plan->flags & CT_PLAN_QUIET)) {
		task->kept = true;
		ct_call_start_record(engine, task);
	}
	if (!task->kept && result == CT_RESULT_VALUE &&
	    ct_engine_sees_all(engine, task) && ct_device_opened(task, info->exit.rval)) {
		task->kept = true;
		ct_call_start_record(engine, task);
	}
	if (task->kept && result == CT_RESULT_VALUE)
		capture_changes(engine, task, info->exit.rval);
	if (task->kept && result == CT_RESULT_VALUE && ct_netlink_was_told(task)) {
		ct_recbuf_drop(&task->rec);
		task->kept = false;
	}
	if (task->kept && result == CT_RESULT_ERROR)
		ct_call_capture_failure(engine, task, (int)-info->exit.rval);
	if (result == CT_RESULT_VALUE) {
		ct_depth_after_call(engine, task);
		follow_descriptors(task, info->exit.rval);
	}
	if (!task->kept) {
		if (result == CT_RESULT_VALUE && (task->plan->flags & CT_PLAN_LOOK) &&
		    ct_engine_sees_all(engine, task))
			ct_message_look(engine, task, info->exit.rval);
		return;
	}
	rec = ct_recbuf_record(&task->rec);
	rec->dur_ns = ct_monotonic_ns() - task->entered_ns;
	rec->result = (uint16_t)result;
	rec->ret = info->exit.rval;
	task->kept = false;
	ct_engine_emit(engine, task, &task->rec);
}

void ct_call_abandon(struct ct_engine *engine, struct ct_task *task)
{
	if (task->in_call && task->kept) {
		ct_recbuf_record(&task->rec)->dur_ns =
			ct_monotonic_ns() - task->entered_ns;
		ct_engine_emit(engine, task, &task->rec);
	}
	task->in_call = false;
	task->kept = false;
}

void ct_call_forget(struct ct_task *task)
{
	ct_untraced_end(task);
	task->in_call = false;
	task->kept = false;
}
