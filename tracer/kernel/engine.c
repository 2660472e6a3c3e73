/* SPDX-License-Identifier: MIT */
/* Serving stops, each by its kind, and resuming. */
#include "engine_internal.h"

#include "alloc.h"
#include "filter.h"
#include "registers.h"
#include "restart.h"
#include "stop.h"
#include "wait.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

bool ct_engine_sees_all(const struct ct_engine *engine, const struct ct_task *task)
{
	return task->depth == CT_DEPTH_FULL ||
	       (!engine->config.filtered && !task->unstopped);
}

void ct_engine_tell(struct ct_engine *engine, const struct ct_task *task,
		    struct ct_record *rec)
{
	rec->task = ct_task_id(task);
	rec->image = task->image;
	engine->config.emit(engine->config.ctx, rec);
}

void ct_engine_emit(struct ct_engine *engine, const struct ct_task *task,
		    struct ct_recbuf *rb)
{
	ct_engine_tell(engine, task, ct_recbuf_record(rb));
	ct_recbuf_drop(rb);
}

/*
 * ESRCH is normal here and everywhere: a SIGKILL can end a stop at any moment. The task
 * is not gone for us until its exit status has been seen.
 */
void ct_engine_resume(struct ct_engine *engine, struct ct_task *task, int sig)
{
	bool syscalls = ct_engine_sees_all(engine, task) || task->in_call ||
			task->n_windows || task->strict == CT_STRICT_ON;

	int request = syscalls ? PTRACE_SYSCALL : PTRACE_CONT;
	void *signal = (void *)(intptr_t)sig;

	/* for any other reason, a task must not stand still for ever */
	if (ptrace(request, task->tid, NULL, signal) && errno != ESRCH)
		ptrace(request, task->tid, NULL, signal);
}

/* A stop that tells nothing, while its task lives on, is a hole in the trace. */
static void tell_gap(struct ct_engine *engine, const struct ct_task *task)
{
	static const char words[] = "a system call that ptrace said nothing about";
	struct ct_recbuf *rb = &engine->scratch;
	struct ct_record *rec = ct_recbuf_start(rb, CT_RECORD_GAP);

	rec->t_ns = ct_monotonic_ns();
	rec->ret = 1;
	ct_recbuf_blob(rb, CT_BLOB_TEXT, CT_BLOB_TASK, words, sizeof(words) - 1);
	ct_engine_emit(engine, task, rb);
}

static void on_syscall_stop(struct ct_engine *engine, struct ct_task *task)
{
	struct ptrace_syscall_info info = { 0 };

	if (ptrace(PTRACE_GET_SYSCALL_INFO, task->tid, (void *)sizeof(info), &info) <=
	    0) {
		if (errno != ESRCH) {
			tell_gap(engine, task);
			ct_engine_resume(engine, task, 0);
		}
		return;
	}
	/* the stop is over: another thread of it has taken its number with execve, whose
	 * own stop is still to be served */
	if (info.op == PTRACE_SYSCALL_INFO_NONE)
		return;
	/* `op` says which side it is; counting would go wrong at the first restarted call
	 */
	if (info.op == PTRACE_SYSCALL_INFO_EXIT)
		ct_call_leave(engine, task, &info);
	else if (info.op == PTRACE_SYSCALL_INFO_ENTRY)
		ct_call_enter(engine, task, &info);
	/* in a task that is seen in full, the entry stop has come before this one */
	else if (info.op == PTRACE_SYSCALL_INFO_SECCOMP && !task->in_call)
		ct_call_enter(engine, task, &info);
	/* the tracee's own filter wants a tracer to decide, and has none that would */
	if (info.op == PTRACE_SYSCALL_INFO_SECCOMP &&
	    info.seccomp.ret_data != CT_FILTER_MARK)
		ct_regs_skip_call(task->tid);
	ct_engine_resume(engine, task, 0);
}

static bool asks_to_end(int sig)
{
	return sig == SIGINT || sig == SIGTERM || sig == SIGHUP || sig == SIGQUIT;
}

/* False: the command has had this one, from who sent it to the whole process group. */
static bool is_due(struct ct_engine *engine, const struct ct_task *task, int sig,
		   int64_t t_ns)
{
	siginfo_t info;
	bool changed;

	if (task->pid != engine->root || !ct_forward_is(sig) ||
	    ptrace(PTRACE_GETSIGINFO, task->tid, NULL, &info))
		return true;
	if (!ct_forward_take(&engine->forwarding, &info, t_ns, &changed))
		return false;
	if (changed)
		ptrace(PTRACE_SETSIGINFO, task->tid, NULL, &info);
	return true;
}

static void tell_signal(struct ct_engine *engine, const struct ct_task *task, int sig,
			int64_t t_ns)
{
	struct ct_record *rec;

	if (!engine->root_runs)
		return;
	rec = ct_recbuf_start(&engine->scratch, CT_RECORD_SIGNAL);
	rec->t_ns = t_ns;
	rec->ret = sig;
	ct_engine_emit(engine, task, &engine->scratch);
}

static void on_signal(struct ct_engine *engine, struct ct_task *task, int sig)
{
	int64_t t_ns = ct_monotonic_ns(); /* before anything that its handler does */

	/* somebody has waited for the command long enough: what did it wait for? */
	if (task->pid == engine->root && engine->root_runs && asks_to_end(sig))
		ct_engine_tell_all(engine);
	if (ct_halt_serve(engine, task, sig))
		return;
	if (!is_due(engine, task, sig, t_ns) || ct_init_ignores(task, sig)) {
		ct_restart_if_unhandled(task->tid, 0);
		ct_engine_resume(engine, task, 0);
		return;
	}
	if (ct_init_lets_die(task, sig)) {
		tell_signal(engine, task, sig, t_ns);
		/* nobody tells us any more; but it cannot end otherwise */
		ct_birth_gone(engine, task, sig);
		return;
	}
	/* resume first: Go preempts goroutines with SIGURG, and re-sends it to who is
	 * slow */
	ct_restart_if_unhandled(task->tid, sig);
	ct_engine_resume(engine, task, sig);
	if (sig != SIGURG)
		tell_signal(engine, task, sig, t_ns);
}

static void on_trap(struct ct_engine *engine, struct ct_task *task)
{
	if (!task->begun) {
		ct_birth_first_stop(engine, task);
		return;
	}
	/* we have interrupted it, not somebody with a signal */
	if (task->interrupted)
		ct_restart_if_unhandled(task->tid, 0);
	task->interrupted = false;
	/* before it runs: it may stop again at once */
	if (task->stopped && task->tid == engine->root)
		engine->config.root_continued(engine->config.ctx);
	task->stopped = false;
	ct_engine_resume(engine, task, 0);
}

/* The task of a status; new if its parent has not told of it yet. NULL: nothing to do. */
static struct ct_task *task_of(struct ct_engine *engine, pid_t tid,
			       const struct ct_stop *stop)
{
	struct ct_task *task = ct_task_find(&engine->tasks, tid);

	if (task && task->dead) {
		/* its tid lives again: the parent's event of the old one never came */
		ct_birth_announce(engine, task);
		ct_birth_forget(engine, task);
		task = NULL;
	}
	if (task || stop->kind == CT_STOP_EXITED || stop->kind == CT_STOP_KILLED)
		return task;
	return ct_task_add(&engine->tasks, tid);
}

static void let_go(struct ct_engine *engine, struct ct_task *task,
		   const struct ct_stop *stop)
{
	int sig = stop->kind == CT_STOP_SIGNAL ? stop->value : 0;

	if (ct_halt_is(task, sig))
		sig = 0;
	ct_call_forget(task); /* where it waits has been told */
	ct_restart_if_unhandled(task->tid, sig);
	ptrace(PTRACE_DETACH, task->tid, NULL, (void *)(intptr_t)sig);
	ct_birth_forget(engine, task);
}

/* It may be the first stop of a task: that is born no more, and its end is still to come.
 */
static void on_ending(struct ct_engine *engine, pid_t tid)
{
	struct ct_task *task = ct_task_find(&engine->tasks, tid);

	if (task)
		task->waits = false;
	engine->config.before_end(engine->config.ctx, tid);
	ptrace(PTRACE_CONT, tid, NULL, NULL);
}

static void serve(struct ct_engine *engine, pid_t tid, int status)
{
	struct ct_stop stop = ct_stop_classify(status);
	struct ct_task *task;

	if (stop.kind == CT_STOP_ENDING && !engine->detaching) {
		on_ending(engine, tid);
		return;
	}
	task = task_of(engine, tid, &stop);
	if (!task)
		return;
	task->waits = false; /* that stop is over, or it would have no other status */
	if (stop.kind == CT_STOP_EXITED || stop.kind == CT_STOP_KILLED) {
		ct_birth_gone(engine, task, status);
		return;
	}
	if (engine->detaching) {
		let_go(engine, task, &stop);
		return;
	}
	switch (stop.kind) {
	case CT_STOP_SYSCALL:
	case CT_STOP_SECCOMP:
		on_syscall_stop(engine, task);
		break;
	case CT_STOP_NEW_TASK:
		ct_birth_parent_event(engine, task);
		ct_engine_resume(engine, task, 0);
		break;
	case CT_STOP_EXEC:
		ct_exec_event(engine, task);
		ct_engine_resume(engine, task, 0);
		break;
	case CT_STOP_SIGNAL:
		on_signal(engine, task, stop.value);
		break;
	case CT_STOP_GROUP:
		/* LISTEN leaves it stopped, and its parent sees that it is */
		task->stopped = true;
		ptrace(PTRACE_LISTEN, tid, NULL, NULL);
		break;
	default:
		on_trap(engine, task);
	}
}

/* Signals before the rest, because a late SIGURG makes Go send more of them. */
static void serve_batch(struct ct_engine *engine, const struct ct_wait_batch *batch)
{
	for (int i = 0; i < batch->n; i++)
		if (batch->item[i].tid &&
		    ct_stop_classify(batch->item[i].status).kind == CT_STOP_SIGNAL)
			serve(engine, batch->item[i].tid, batch->item[i].status);
	for (int i = 0; i < batch->n; i++)
		if (batch->item[i].tid &&
		    ct_stop_classify(batch->item[i].status).kind != CT_STOP_SIGNAL)
			serve(engine, batch->item[i].tid, batch->item[i].status);
}

void ct_engine_run(struct ct_engine *engine)
{
	CT_CLEANUP_FREE struct ct_wait_batch *batch = ct_alloc(sizeof(*batch));
	enum ct_request asked;

	ct_request_listen();
	do {
		ct_wait_next(engine, batch);
		serve_batch(engine, batch);
		ct_birth_give_up_waiting(engine);
		ct_halt_end_waits(engine);
		asked = ct_request_serve(engine);
	} while (asked != CT_REQUEST_LEAVE && (batch->n || asked));
	atomic_store(&engine->over, true);
}

static void interrupt(struct ct_task *task, void *ctx)
{
	struct ct_engine *engine = ctx;

	if (task->held)
		let_go(engine, task, &(struct ct_stop){ CT_STOP_TRAP, 0, 0 });
	else
		ptrace(PTRACE_INTERRUPT, task->tid, NULL, NULL);
}

void ct_engine_detach_all(struct ct_engine *engine)
{
	ct_engine_tell_all(engine);
	engine->detaching = true;
	ct_task_each(&engine->tasks, interrupt, engine);
}

struct ct_engine *ct_engine_new(const struct ct_engine_config *config)
{
	struct ct_engine *engine = ct_alloc(sizeof(*engine));

	engine->config = *config;
	engine->unprivileged = ct_privilege_missing();
	engine->thread =
		pthread_self(); /* ptrace belongs to a thread, not to a process */
	return engine;
}

void ct_engine_free(struct ct_engine *engine)
{
	if (!engine)
		return;
	ct_task_table_release(&engine->tasks);
	ct_recbuf_release(&engine->scratch);
	free(engine);
}
