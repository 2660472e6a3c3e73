/* SPDX-License-Identifier: MIT */
/*
 * Births and deaths. A new task tells of itself twice: by its own first stop, and by an
 * event of its creator; which comes first is chance (3 to 7 of 24 times in a podman run
 * it is the child). The child waits in its first stop until the creator's event says
 * whose it is.
 */
#include "engine_internal.h"

#include "capture.h"
#include "memory.h"
#include "procfs.h"
#include "registers.h"

#include <errno.h>
#include <linux/sched.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/*
 * The flags of the clone that a task has just returned from, out of its registers: at
 * this stop PTRACE_GET_SYSCALL_INFO has nothing to say. 0 for fork; vfork(2) is a clone
 * with two flags.
 */
static uint64_t clone_flags(pid_t tid)
{
	struct user_regs_struct regs;
	struct ct_regs_call call;
	uint64_t flags = 0;

	if (ct_regs_read(tid, &regs))
		return 0;
	ct_regs_call(&regs, &call);
	if (call.nr == (call.compat ? CT_NR_COMPAT_VFORK : CT_NR_VFORK))
		return CLONE_VFORK | CLONE_VM;
	if (call.nr == (call.compat ? CT_NR_COMPAT_CLONE : SYS_clone))
		return call.args[0] & ~(uint64_t)CSIGNAL;
	if (call.nr != (call.compat ? CT_NR_COMPAT_CLONE3 : SYS_clone3) ||
	    ct_memory_read(tid, call.args[0], &flags, sizeof(flags)) != sizeof(flags))
		return 0;
	return flags;
}

static enum ct_birth birth_of(uint64_t flags, bool fork_like)
{
	if (flags & CLONE_THREAD)
		return CT_BIRTH_THREAD;
	if (flags & CLONE_VFORK)
		return CT_BIRTH_VFORK;
	return fork_like ? CT_BIRTH_FORK : CT_BIRTH_CLONE;
}

static void bind_to(struct ct_task *child, const struct ct_task *creator, uint64_t flags)
{
	child->bound = true;
	child->clone_flags = flags;
	child->creator = ct_task_id(creator);
	child->pid = flags & CLONE_THREAD ? creator->pid : child->tid;
	child->image = creator->image;
	child->depth = creator->depth;
	/* what an attached process starts is what it was attached to for */
	child->unstopped = creator->unstopped && (flags & CLONE_THREAD);
	child->reason = creator->reason;
	child->new_root = creator->new_root;
	child->inside = creator->inside;
	child->has_maker = creator->has_bundle || creator->has_maker;
	/* only calls with flags of their own are interesting; the rest is a fork */
	child->birth = (uint8_t)birth_of(
		flags, !(flags & ~(uint64_t)(CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID |
					     CLONE_PARENT_SETTID)));
	child->state_wanted = 0;
	if ((flags & CT_CLONE_NEW_NS) || creator->new_children_ns)
		child->state_wanted |= CT_PLAN_NS | CT_PLAN_STATUS;
	if (flags & CLONE_INTO_CGROUP)
		child->state_wanted |= CT_PLAN_CGROUP;
}

void ct_birth_announce(struct ct_engine *engine, struct ct_task *task)
{
	struct ct_recbuf *rb = &engine->scratch;
	struct ct_task *leader;
	struct ct_record *rec;

	if (task->announced)
		return;
	task->announced = true;
	leader = task->pid == task->tid ? NULL : ct_task_find(&engine->tasks, task->pid);
	if (leader)
		leader->had_threads = true;
	rec = ct_recbuf_start(rb, CT_RECORD_TASK);
	rec->t_ns = task->born_ns ? task->born_ns : ct_monotonic_ns();
	rec->creator = task->creator;
	rec->pid = task->pid;
	rec->birth = task->birth;
	rec->flags = task->clone_flags;
	if (task->birth == CT_BIRTH_ROOT || task->birth == CT_BIRTH_ATTACHED) {
		task->state_wanted = CT_PLAN_NS | CT_PLAN_STATUS | CT_PLAN_CGROUP;
		task->begun = true;
	}
	if (!task->dead && task->state_wanted)
		ct_capture_state(rb, task->tid, task->state_wanted);
	ct_engine_emit(engine, task, rb);
	if (!task->dead)
		return;
	rec = ct_recbuf_start(rb, CT_RECORD_EXIT);
	rec->t_ns = ct_monotonic_ns();
	rec->ret = task->wait_status;
	ct_engine_emit(engine, task, rb);
}

/* A held task whose creator's event will not come: /proc knows the parent at least. */
static void bind_by_proc(struct ct_engine *engine, struct ct_task *task)
{
	pid_t tgid = task->tid, ppid = 0;
	const struct ct_task *creator;

	ct_procfs_parents(task->tid, &tgid, &ppid);
	creator = ct_task_find(&engine->tasks, tgid != task->tid ? tgid : ppid);
	if (creator)
		bind_to(task, creator, tgid != task->tid ? CLONE_THREAD : 0);
	task->bound = true;
	task->pid = tgid;
	task->state_wanted = CT_PLAN_NS | CT_PLAN_STATUS;
}

static bool is_unbound(const struct ct_task *task)
{
	return (task->held || task->dead) && !task->bound;
}

void ct_birth_forget(struct ct_engine *engine, struct ct_task *task)
{
	if (is_unbound(task))
		engine->n_unbound--;
	task->held = false;
	ct_task_remove(&engine->tasks, task);
}

/* Its first instruction follows: from here on, nothing that it does is missed. */
static void let_begin(struct ct_engine *engine, struct ct_task *task)
{
	ct_birth_announce(engine, task);
	task->begun = true;
	ct_depth_watch(engine, task);
	ct_engine_resume(engine, task, 0);
}

/* It is known whose child it is, as far as it ever will be. */
static void settle(struct ct_engine *engine, struct ct_task *task)
{
	engine->n_unbound--;
	task->held = false;
	if (!task->dead) {
		let_begin(engine, task);
		return;
	}
	ct_birth_announce(engine, task);
	ct_task_remove(&engine->tasks, task);
}

static void settle_if_overdue(struct ct_task *task, void *ctx)
{
	struct ct_engine *engine = ctx;

	if (!is_unbound(task) || ct_monotonic_ns() - task->born_ns < CT_BIRTH_PATIENCE_NS)
		return;
	if (!task->dead)
		bind_by_proc(engine, task);
	settle(engine, task);
}

void ct_birth_give_up_waiting(struct ct_engine *engine)
{
	if (engine->n_unbound)
		ct_task_each(&engine->tasks, settle_if_overdue, engine);
}

/* Its creator's event is still to come. */
static void wait_for_creator(struct ct_engine *engine, struct ct_task *task)
{
	if (!is_unbound(task))
		engine->n_unbound++;
	if (!task->born_ns)
		task->born_ns = ct_monotonic_ns();
}

void ct_birth_first_stop(struct ct_engine *engine, struct ct_task *task)
{
	if (task->bound) {
		let_begin(engine, task);
		return;
	}
	wait_for_creator(engine, task);
	task->held = true;
}

void ct_birth_parent_event(struct ct_engine *engine, struct ct_task *parent)
{
	unsigned long message = 0;
	struct ct_task *child;
	bool waits;

	if (ptrace(PTRACE_GETEVENTMSG, parent->tid, NULL, &message) || !message)
		return;
	child = ct_task_find(&engine->tasks, (pid_t)message);
	if (!child)
		child = ct_task_add(&engine->tasks, (pid_t)message);
	if (child->bound)
		return;
	waits = is_unbound(child);
	if (!child->born_ns)
		child->born_ns = ct_monotonic_ns();
	bind_to(child, parent, clone_flags(parent->tid));
	ct_depth_at_birth(engine, child);
	/*
	 * Told now, while the creator stands still: what that does next is not the
	 * child's inheritance. /proc can be asked already; the child has not run an
	 * instruction.
	 */
	if (waits)
		settle(engine, child);
	else
		ct_birth_announce(engine, child);
}

static void tell_end(struct ct_engine *engine, struct ct_task *task, int status)
{
	struct ct_record *rec;

	ct_birth_announce(engine, task);
	ct_call_abandon(engine, task);
	rec = ct_recbuf_start(&engine->scratch, CT_RECORD_EXIT);
	rec->t_ns = ct_monotonic_ns();
	rec->ret = status;
	ct_engine_emit(engine, task, &engine->scratch);
	ct_depth_unwatch(engine, task);
	ct_birth_forget(engine, task);
}

struct end_of_process {
	struct ct_engine *engine;
	pid_t pid;
	int status;
};

static void end_with_leader(struct ct_task *task, void *ctx)
{
	const struct end_of_process *end = ctx;

	if (task->pid == end->pid && task->tid != end->pid && task->bound)
		tell_end(end->engine, task, end->status);
}

/*
 * A leader's end is the last of its process. Who is left has no status of its own: it
 * had taken the leader's number with execve, and was killed before it could tell.
 */
static void end_threads(struct ct_engine *engine, const struct ct_task *leader,
			int status)
{
	struct end_of_process end = { engine, leader->tid, status };

	if (leader->had_threads)
		ct_task_each(&engine->tasks, end_with_leader, &end);
}

void ct_birth_gone(struct ct_engine *engine, struct ct_task *task, int wait_status)
{
	bool root = task->tid == engine->root;
	int status = ct_strict_status(task, wait_status);

	if (!task->bound) {
		wait_for_creator(engine, task);
		task->held = false;
		task->dead = true;
		task->wait_status = wait_status;
		return;
	}
	end_threads(engine, task, status);
	tell_end(engine, task, status);
	if (!root)
		return;
	engine->root = 0;
	engine->config.root_ended(engine->config.ctx, wait_status, engine->tasks.count);
	if (engine->config.detach_at_end && !engine->config.filtered)
		ct_engine_detach_all(engine);
}
