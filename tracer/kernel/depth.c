/* SPDX-License-Identifier: MIT */
/*
 * Adaptive depth: a filter hides what another filter denies and every failing call
 * outside its set, and those are what breaks a start. So who builds a container is seen
 * in full, until the payload runs; by the second eye, where there is one, because it
 * needs no stops.
 */
#include "engine_internal.h"

#include "command_line.h"
#include "procfs.h"

#include <linux/prctl.h>

#define CLONES (CT_PLAN_CLONE | CT_PLAN_CLONE3)

static bool is_runtime(const struct ct_record *rec)
{
	struct ct_command_line line;

	return ct_command_line_read(&line, rec) && ct_command_line_is_runtime(&line);
}

bool ct_depth_builds(const struct ct_task *task)
{
	return task->depth != CT_DEPTH_KEY && task->reason != CT_DEPTH_BY_OPTION;
}

void ct_depth_watch(const struct ct_engine *engine, struct ct_task *task)
{
	bool builds = task->depth == CT_DEPTH_BUILDER;

	task->watched =
		engine->config.watch && engine->root_runs &&
		engine->config.watch(engine->config.ctx, ct_task_id(task), builds,
				     task->inside);
	/* nobody else would see them */
	if (!task->watched && (builds || (engine->config.lighter && engine->root_runs)))
		task->depth = CT_DEPTH_FULL;
}

void ct_depth_unwatch(const struct ct_engine *engine, struct ct_task *task)
{
	if (task->watched)
		engine->config.unwatch(engine->config.ctx, ct_task_id(task));
	task->watched = false;
}

static void set_depth(struct ct_task *task, enum ct_depth depth,
		      enum ct_depth_reason reason)
{
	task->depth = (uint8_t)depth;
	task->reason = (uint8_t)reason;
}

/* The task begins to build a container; ct_depth_watch() decides how that is seen. */
static void see_builder(struct ct_task *task, enum ct_depth_reason reason)
{
	if (task->depth == CT_DEPTH_KEY)
		set_depth(task, CT_DEPTH_BUILDER, reason);
}

void ct_depth_after_exec(const struct ct_engine *engine, struct ct_task *task,
			 const struct ct_record *rec)
{
	bool payload = task->new_root, was_inside = task->inside;
	uint8_t before = task->depth;

	task->new_root = false;
	task->inside |= payload;
	if (engine->config.depth == CT_DEPTH_OPTION_AUTO) {
		/* a runtime executes copies of itself, hooks and helpers: those are its
		 * work too */
		if (payload || task->reason == CT_DEPTH_BY_DEED)
			task->depth = CT_DEPTH_KEY;
		if (!payload && is_runtime(rec))
			see_builder(task, CT_DEPTH_BY_RUNTIME);
	}
	if (!task->watched || task->depth != before || task->inside != was_inside)
		ct_depth_watch(engine, task);
}

void ct_depth_at_birth(const struct ct_engine *engine, struct ct_task *child)
{
	if (engine->config.depth == CT_DEPTH_OPTION_AUTO &&
	    (child->clone_flags & CT_CLONE_NEW_NS))
		see_builder(child, CT_DEPTH_BY_DEED);
}

static bool children_differ(const struct ct_task *task)
{
	return ct_procfs_namespace(task->tid, CT_NS_PID) !=
		       ct_procfs_namespace(task->tid, CT_NS_PID_FOR_CHILDREN) ||
	       ct_procfs_namespace(task->tid, CT_NS_TIME) !=
		       ct_procfs_namespace(task->tid, CT_NS_TIME_FOR_CHILDREN);
}

void ct_depth_after_call(const struct ct_engine *engine, struct ct_task *task)
{
	unsigned int flags = task->plan->flags;
	uint8_t before = task->depth;

	if (flags & CT_PLAN_ROOT)
		task->new_root = true;
	if (flags & CT_PLAN_NS)
		task->new_children_ns = children_differ(task);
	if (engine->config.depth != CT_DEPTH_OPTION_AUTO || !task->kept)
		return;
	if ((flags & CT_PLAN_NS) || ((flags & CLONES) && (task->flags & CT_CLONE_NEW_NS)))
		see_builder(task, CT_DEPTH_BY_DEED);
	if (flags & CT_PLAN_FILTER &&
	    (task->plan->when != CT_WHEN_PRCTL || task->args[0] == PR_SET_SECCOMP))
		see_builder(task, CT_DEPTH_BY_DEED);
	if (task->depth != before)
		ct_depth_watch(engine, task);
}
