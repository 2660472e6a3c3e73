/* SPDX-License-Identifier: MIT */
/* A successful execve: the process goes on as another program, under its leader's tid. */
#include "engine_internal.h"

#include "bundle.h"
#include "capture.h"

/*
 * When another thread than the leader calls execve, the kernel ends the others, gives the
 * caller the leader's tid, and the caller's own tid never reports again (ptrace(2),
 * "execve(2) under ptrace"). The leader's record stays, with what the caller had begun.
 */
static void take_over(struct ct_engine *engine, struct ct_task *leader,
		      struct ct_task *former)
{
	struct ct_recbuf rb = leader->rec;
	struct ct_record *rec;

	ct_call_abandon(engine, leader);
	leader->rec = former->rec;
	former->rec = rb;
	leader->kept = former->kept;
	leader->executes = former->executes;
	leader->in_call = former->in_call;
	leader->plan = former->plan;
	leader->nr = former->nr;
	leader->arch = former->arch;
	leader->entered_ns = former->entered_ns;
	leader->depth = former->depth;
	leader->reason = former->reason;
	leader->new_root = former->new_root;
	leader->inside = former->inside;
	leader->watched = false; /* at the depth that it had */
	leader->new_children_ns = former->new_children_ns;
	leader->has_bundle |= former->has_bundle;
	leader->has_maker |= former->has_maker;
	for (int i = 0; i < 6; i++)
		leader->args[i] = former->args[i];
	rec = ct_recbuf_start(&engine->scratch, CT_RECORD_EXIT);
	rec->t_ns = ct_monotonic_ns();
	rec->flags = former->executes ? CT_EXIT_EXECUTES : 0;
	ct_engine_emit(engine, former, &engine->scratch);
	ct_depth_unwatch(engine, former);
	ct_task_remove(&engine->tasks, former);
}

/*
 * The thread that has become its process's leader; NULL: none but the leader itself. Of
 * who is killed in this very stop, the kernel gives the exit code instead.
 */
static struct ct_task *former_of(struct ct_engine *engine, const struct ct_task *leader)
{
	unsigned long message = 0;
	struct ct_task *former;

	if (ptrace(PTRACE_GETEVENTMSG, leader->tid, NULL, &message))
		return NULL;
	former = ct_task_find(&engine->tasks, (pid_t)message);
	return former != leader && former && former->pid == leader->tid ? former : NULL;
}

void ct_exec_event(struct ct_engine *engine, struct ct_task *leader)
{
	struct ct_task *former = former_of(engine, leader);
	struct ct_task_id former_id = { 0, 0 };
	struct ct_record *rec;
	bool payload, begun;

	ct_birth_announce(engine, leader);
	if (former) {
		former_id = ct_task_id(former);
		take_over(engine, leader, former);
	}
	begun = leader->kept || leader->executes;
	if (begun)
		rec = ct_recbuf_record(&leader->rec);
	else /* its entry was not seen: another filter's answer came first, or the root's
		own */
		rec = ct_recbuf_start(&leader->rec, CT_RECORD_EXEC);
	rec->kind = CT_RECORD_EXEC;
	rec->t_ns = begun ? leader->entered_ns : ct_monotonic_ns();
	rec->dur_ns = ct_monotonic_ns() - rec->t_ns;
	rec->result = CT_RESULT_VALUE;
	rec->creator = former_id;
	leader->in_call = false;
	leader->kept = false;
	leader->executes = false;
	leader->n_windows = 0;
	ct_capture_exe(&leader->rec, leader->tid);
	ct_capture_set_id(&leader->rec, leader->tid);
	ct_capture_state(&leader->rec, leader->tid,
			 CT_PLAN_CGROUP | CT_PLAN_STATUS | CT_PLAN_NS);
	/* a runtime that executes a copy of itself has been seen */
	if (!leader->has_bundle)
		leader->has_bundle = ct_bundle_capture(&leader->rec, leader->tid);
	if (leader->tid == engine->root)
		engine->root_runs = true;
	payload = leader->new_root;
	/* its environment may be secret: config.json, which is in the trace, has it too
	 */
	if (payload && leader->has_maker)
		ct_capture_start(&leader->rec, leader->tid);
	if (payload)
		ct_capture_mounts(&leader->rec, leader->tid, CT_BLOB_TABLE);
	ct_depth_after_exec(engine, leader, ct_recbuf_record(&leader->rec));
	ct_engine_emit(engine, leader, &leader->rec); /* still of the old program */
	leader->image = ++engine->last_image;
	if (payload && engine->config.payload_runs)
		engine->config.payload_runs(engine->config.ctx);
	ct_privilege_check(engine, leader);
}
