/* SPDX-License-Identifier: MIT */
/*
 * The engine: the one place that calls ptrace and waits. It follows tasks, copies what
 * the plans ask for while they are stopped, and hands out records. It interprets nothing.
 */
#ifndef CTTRACE_KERNEL_ENGINE_H
#define CTTRACE_KERNEL_ENGINE_H

#include "cttrace/error.h"
#include "plan.h"
#include "recbuf.h"

#include <stdbool.h>
#include <sys/types.h>

enum ct_depth_option {
	CT_DEPTH_OPTION_AUTO, /* OCI runtimes and makers of namespaces: all that fails */
	CT_DEPTH_OPTION_KEY,  /* the seccomp filter only */
	CT_DEPTH_OPTION_FULL, /* every call of every task */
};

struct ct_engine_config {
	const struct ct_plan *(*plan)(enum ct_arch arch, int64_t nr);
	/* Takes a copy. Called while tasks may be stopped: it must be quick. */
	void (*emit)(void *ctx, const struct ct_record *rec);
	/* The command was stopped by a signal and goes on. */
	void (*root_continued)(void *ctx);
	/* The command itself has ended; tasks_left of its descendants live on. */
	void (*root_ended)(void *ctx, int wait_status, size_t tasks_left);
	/* A payload has been executed: by a task that had changed its root. May be NULL.
	 */
	void (*payload_runs)(void *ctx);
	/* Are the memory maps of a program needed with its next stack? NULL: no stacks.
	 */
	bool (*wants_maps)(void *ctx, uint32_t image, uint64_t ip);
	/*
	 * A task that stands before its end, with the status of a dynamic loader that
	 * gives up: adds what libraries its program lacks. False: none. May be NULL.
	 */
	bool (*find_missing)(struct ct_recbuf *rb, pid_t tid);
	/* A task stands before its end: it is still in its cgroup. NULL: it does not stop
	 * there. */
	void (*before_end)(void *ctx, pid_t tid);
	bool all_stacks; /* of every call that is kept; else of a builder's that failed */
	/*
	 * The second eye, which sees failing calls without a stop; NULL: there is none.
	 * watch is called while the task is stopped, before it runs and whenever `builds`
	 * or `inside` changes: also calls that are kept if they succeed (CT_PLAN_KEEP)
	 * are to be seen, and those that change files (CT_PLAN_CHANGES). False when it
	 * cannot be watched.
	 */
	bool (*watch)(void *ctx, struct ct_task_id task, bool builds, bool inside);
	void (*unwatch)(void *ctx, struct ct_task_id task);
	/* Has it stopped this task because it can take no more? Then the task stays
	 * stopped until has_room, or somebody calls ct_engine_room_made(). */
	bool (*must_wait)(void *ctx, struct ct_task_id task, uint64_t *arg0);
	bool (*has_room)(void *ctx);
	/* It sees the key calls that need no stop, too: the filter does not trap them.
	 */
	bool lighter;
	/* … and how an execve has failed. */
	bool tells_exec;
	void *ctx;
	const char *as_root; /* the command line that has privileges, for a warning */
	enum ct_depth_option depth;
	bool filtered;      /* tasks run under ct_filter: they can never be let go */
	bool kill_on_exit;  /* not filtered, and yet to die with a killed tracer */
	bool detach_at_end; /* let the others go when the command has ended (not filtered)
			     */
};

struct ct_engine;

enum ct_request {
	CT_REQUEST_NONE,
	CT_REQUEST_TELL,   /* a record for every call that a task waits in */
	CT_REQUEST_DETACH, /* likewise, then all tasks go on without us (not filtered) */
	CT_REQUEST_LEAVE,  /* ct_engine_run() returns, whoever is left */
};

struct ct_engine *ct_engine_new(const struct ct_engine_config *config);
/* Takes pid, which waits for it (ct_launch), as the traced command. 0 or -errno. */
int ct_engine_seize(struct ct_engine *engine, pid_t pid, struct ct_error *err);
/* Takes a process that runs, with all its threads; not filtered. 0 or -errno. */
int ct_engine_attach(struct ct_engine *engine, pid_t pid, struct ct_error *err);
/* Serves stops until no tracee is left. On the thread that has made the engine. */
void ct_engine_run(struct ct_engine *engine);
/* From another thread. Returns when it is done. */
void ct_engine_request(struct ct_engine *engine, enum ct_request request);
/* From another thread: the second eye can take more. */
void ct_engine_room_made(struct ct_engine *engine);
void ct_engine_free(struct ct_engine *engine);

#endif
