/* SPDX-License-Identifier: MIT */
/*
 * Tracing a command, as three processes (attached to others, it is one):
 *
 *   front end   the shell's child, parent of the other two; waits for the command, stops
 * when it stops, ends as it ends: job control and exit status are as untraced command in
 * the shell's session and process group, on the same terminal tracer      in a session of
 * its own, so that no key stops it; it lives as long as a traced task does, which may be
 * longer than the command (conmon of `run -d`)
 */
#ifndef CTTRACE_TRACER_SESSION_H
#define CTTRACE_TRACER_SESSION_H

#include "cttrace/error.h"
#include "cttrace/trace.h"
#include "engine.h"
#include "launch.h"

/* How calls that fail are seen where no filter traps them. */
enum ct_failures_option {
	CT_FAILURES_OPTION_AUTO,   /* by BPF where the host allows it */
	CT_FAILURES_OPTION_PTRACE, /* by tracing who builds a container in full */
	CT_FAILURES_OPTION_BPF,    /* by BPF, or not at all */
};

struct ct_session_result;

enum { CT_SESSION_TICK_MS = 250 };

struct ct_session_options {
	const char *program; /* what is executed; NULL: argv[0], searched for in PATH */
	char *const *argv;   /* NULL-terminated */
	const struct ct_launch_user *user; /* NULL: nobody else */
	enum ct_depth_option depth;
	enum ct_failures_option failures;
	size_t failures_ring; /* bytes, 0: the default; for tests */
	int64_t meters_ns;    /* between two samples of a cgroup; 0: none are taken */
	bool stacks;          /* a call stack with every call that is kept */
	bool kill_on_exit;    /* what is traced dies with the tracer, filter or not */
	bool detach;          /* no filter; let what is left go when the command ends */
	bool until_payload;   /* the trace ends when the container's program starts */
	bool wait_all; /* return when the last task has ended, not when the command has */
	int trace_fd;  /* where the trace is written; stays open in the caller */
	/* In the tracer's process, for each event as it is recorded; may be NULL. */
	void (*event)(void *ctx, const struct ct_event *event);
	void (*header)(void *ctx, const struct ct_trace_header *header); /* likewise */
	/* In the front end, CT_SESSION_TICK_MS after each other; may be NULL. */
	void (*tick)(void *ctx);
	/* In the front end, when it is about to stop as the command has; may be NULL. */
	void (*pausing)(void *ctx);
	/* In the front end, when the trace is closed before the command has ended. */
	void (*stopped)(void *ctx, const struct ct_session_result *result);
	void *ctx;
};

struct ct_session_result {
	int wait_status;               /* of the command */
	struct ct_trace_footer footer; /* at its end */
	uint64_t tasks_left;           /* still traced when it ended */
	pid_t tracer;                  /* the process that stays with them */
	struct ct_error write_error;   /* the trace could not be written whole */
	bool tracer_died;              /* killed: the command was ended with it */
};

/*
 * Runs the command to its end. 0, or -errno with err filled when it could not be started:
 * -ENOENT and -EACCES when it could not be executed, -EPERM when it may not be traced.
 */
int ct_session_run(const struct ct_session_options *options,
		   struct ct_session_result *result, struct ct_error *err);

/*
 * Records processes that run, until they have all ended or SIGINT, SIGTERM, SIGHUP comes;
 * then they go on without a tracer. Nothing in options that is about a command counts. 0,
 * or -errno with err filled when one of them cannot be traced; all but the first n_asked
 * may have ended meanwhile, if one is left.
 */
int ct_session_attach(const struct ct_session_options *options, const pid_t *pids,
		      size_t n_pids, size_t n_asked, struct ct_session_result *result,
		      struct ct_error *err);

#endif
