/* SPDX-License-Identifier: MIT */
/* The second half of a recording, on a thread of its own: decode, count, write. */
#ifndef CTTRACE_TRACER_RECORDER_H
#define CTTRACE_TRACER_RECORDER_H

#include "cttrace/error.h"
#include "cttrace/trace.h"
#include "failures.h"
#include "layers.h"
#include "record.h"
#include "stacks.h"

struct ct_recorder;

struct ct_recorder_config {
	int trace_fd; /* taken over */
	struct ct_trace_header header;
	struct ct_stacks *stacks;     /* NULL: records carry no stacks */
	struct ct_layers *layers;     /* NULL: nobody looks into layers of overlays */
	struct ct_failures *failures; /* the second eye; NULL: closed */
	/* Its reports have been read; on the recorder's thread. */
	void (*drained)(void *ctx);
	/* Called on the recorder's thread for each event, before it is written; may be
	 * NULL. */
	void (*event)(void *ctx, const struct ct_event *event);
	/* What was marked, after everything before the mark has been written. */
	void (*mark)(void *ctx, const struct ct_trace_footer *so_far, uint64_t tasks_left,
		     const struct ct_error *write_error);
	/* ct_recorder_stop_writing() has been called: the trace is closed, with this
	 * footer. */
	void (*stopped)(void *ctx, const struct ct_trace_footer *footer,
			const struct ct_error *write_error);
	void *ctx;
};

/* Writes the header and starts the thread. NULL with err filled. */
struct ct_recorder *ct_recorder_start(const struct ct_recorder_config *config,
				      struct ct_error *err);
/* From the tracing thread, and from the meter's. */
void ct_recorder_push(struct ct_recorder *recorder, const struct ct_record *rec);
/* Somebody waits for what has been pushed, or is in the second eye's ring. */
void ct_recorder_hurry(struct ct_recorder *recorder);
/* The command has ended: calls config.mark in its turn. */
void ct_recorder_root_ended(struct ct_recorder *recorder, int wait_status,
			    uint64_t tasks_left);
/*
 * Ends the recording: writes the footer, ends the thread. What is pushed after
 * ct_recorder_stop_writing() is dropped, for tracees that must be served although nobody
 * wants to hear of them any more; that function may be called from another thread.
 */
void ct_recorder_stop_writing(struct ct_recorder *recorder);
int ct_recorder_finish(struct ct_recorder *recorder, struct ct_error *err);

#endif
