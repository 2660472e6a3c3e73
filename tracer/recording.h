/* SPDX-License-Identifier: MIT */
/* An engine, a recorder and what else a recording needs, wired together. */
#ifndef CTTRACE_TRACER_RECORDING_H
#define CTTRACE_TRACER_RECORDING_H

#include "meter.h"
#include "recorder.h"
#include "session.h"

struct ct_recording {
	const struct ct_session_options *options;
	bool filtered; /* the tracees run under ct_filter */
	/* On the recorder's thread, as of struct ct_recorder_config; may be NULL. */
	void (*marked)(void *ctx, const struct ct_trace_footer *so_far,
		       uint64_t tasks_left, const struct ct_error *write_error);
	void (*continued)(void *ctx); /* the command goes on after a stop; may be NULL */
	void (*stopped)(void *ctx, const struct ct_trace_footer *footer,
			const struct ct_error *write_error);
	void *ctx;

	/* made by ct_recording_start() */
	struct ct_engine *engine;
	struct ct_recorder *recorder;
	struct ct_stacks *stacks;
	struct ct_layers *layers;     /* NULL: not wanted */
	struct ct_failures *failures; /* NULL: not wanted, or not possible */
	bool only_key; /* the second eye sees key calls only, not what else fails */
	bool lighter;  /* it sees key calls: those that need no stop have none */
	struct ct_meter *meter; /* NULL: not wanted */
	char *as_root;          /* the command line that would have privileges */
	struct ct_arena arena;
};

/* 0, or -errno with err filled; ct_recording_finish() is due in both cases. */
int ct_recording_start(struct ct_recording *r, struct ct_error *err);
/* Writes the trace's end. -errno with err filled when the trace is not whole. */
int ct_recording_finish(struct ct_recording *r, struct ct_error *err);

#endif
