/* SPDX-License-Identifier: MIT */
/*
 * A trace file: JSON Lines, a header line, event lines, a footer line. The format is
 * written down in docs/trace-format.md and docs/trace.schema.json.
 */
#ifndef CTTRACE_TRACE_H
#define CTTRACE_TRACE_H

#include "cttrace/arena.h"
#include "cttrace/error.h"
#include "cttrace/event.h"
#include "cttrace/mountinfo.h"

#include <stdio.h>

#define CT_TRACE_VERSION 1

struct ct_trace_header {
	int version;
	const char **command; /* the traced command and its arguments */
	size_t n_command;
	int64_t start_realtime_ns;  /* CLOCK_REALTIME at the start */
	int64_t start_monotonic_ns; /* CLOCK_MONOTONIC at the start: t_ns 0 */
	const char *kernel;	    /* uname -r */
	const char *arch;	    /* uname -m */
	const char *hostname;	    /* uname -n */
	const char *cgroup_mode;    /* "v1", "v2", "hybrid", "unknown" */
	const char *boot_id;
	const char *tracer;   /* "cttrace 0.1.0", or "strace" for an imported log */
	const char *depth;    /* "key", "auto", "full" */
	const char *failures; /* how failing calls were seen: "ptrace", "bpf" */
	int64_t meters_ns;    /* between two samples of a cgroup; 0: none were taken */
	uint32_t uid;	      /* of the tracer */
	uint64_t host_ns[CT_NS_LINKS]; /* the tracer's own namespaces; 0: unknown */
	const struct ct_mountinfo *mounts; /* the mount table that the command started with */
	size_t n_mounts;	       /* 0: not known */
};

struct ct_trace_footer {
	int64_t t_ns; /* end of the recording */
	uint64_t events, tasks, calls, failed_calls, signals, gaps;
	bool root_ended;	       /* false: recording stopped while the command ran */
	struct ct_event_exit root_exit; /* of the traced command */
};
/* An event more is in the trace. */
void ct_trace_footer_count(struct ct_trace_footer *footer, const struct ct_event *event);

/* -------- writing -------- */

struct ct_trace_writer;

/*
 * Takes over fd. Events are buffered until ct_trace_writer_flush(), or a full buffer. A
 * write that fails is final: every later call fails with the same error. Whoever writes
 * to a pipe ignores SIGPIPE.
 */
struct ct_trace_writer *ct_trace_writer_new(int fd);
int ct_trace_writer_header(struct ct_trace_writer *w, const struct ct_trace_header *header,
			   struct ct_error *err);
int ct_trace_writer_event(struct ct_trace_writer *w, const struct ct_event *event,
			  struct ct_error *err);
int ct_trace_writer_footer(struct ct_trace_writer *w, const struct ct_trace_footer *footer,
			   struct ct_error *err);
/* Hands everything written so far to the kernel. -errno (ENOSPC …) when that fails. */
int ct_trace_writer_flush(struct ct_trace_writer *w, struct ct_error *err);
void ct_trace_writer_free(struct ct_trace_writer *w); /* flushes, closes; NULL is fine */

/* -------- reading -------- */

/* A whole trace in memory. Everything in it lives as long as the trace. */
struct ct_trace {
	struct ct_trace_header header;
	struct ct_event *events; /* in the order of the file */
	size_t n_events;
	struct ct_trace_footer footer;
	bool complete;	     /* a footer was there: false for a trace that was cut off */
	uint64_t unknown;    /* lines of a kind this reader does not know, skipped */
	struct ct_arena arena;
};

/*
 * Reads a trace. A file that ends in the middle (a killed tracer) is read up to its last
 * whole line, with complete = false. Anything else that is wrong (not a trace, a newer
 * version, bad JSON in the middle, a line over the limit) is an error that names the
 * line. Returns NULL on error. `name` is for messages.
 */
struct ct_trace *ct_trace_read(FILE *in, const char *name, struct ct_error *err);
struct ct_trace *ct_trace_open(const char *path, struct ct_error *err); /* "-": stdin */
void ct_trace_free(struct ct_trace *trace);

/* -------- while it is made -------- */

/* Copies of events, for who has them only for a moment. */
struct ct_event_keeper;
struct ct_event_keeper *ct_event_keeper_new(void);
/* As a reader of the trace will get it; lives as long as the keeper. NULL for an event
 * that no reader would take. */
const struct ct_event *ct_event_keep(struct ct_event_keeper *keeper,
				     const struct ct_event *event);
void ct_event_keeper_free(struct ct_event_keeper *keeper);

#endif
