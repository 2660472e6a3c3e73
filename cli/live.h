/* SPDX-License-Identifier: MIT */
/* --live: one line an event, while the command runs. */
#ifndef CTTRACE_CLI_LIVE_H
#define CTTRACE_CLI_LIVE_H

#include "cttrace/event.h"
#include "cttrace/trace.h"
#include "options.h"

struct live {
	const struct options *options;
	const struct ct_trace_header *header;
};

/* Callbacks of a session; they run in the tracer's process. */
void live_header(void *ctx, const struct ct_trace_header *header);
void live_event(void *ctx, const struct ct_event *event);

#endif
