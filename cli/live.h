/* SPDX-License-Identifier: MIT */
/* What is said while the recording goes on. */
#ifndef CTTRACE_CLI_LIVE_H
#define CTTRACE_CLI_LIVE_H

#include "cttrace/render.h"
#include "cttrace/trace.h"
#include "options.h"

/* --live: lines of the timeline. What the header points to must stay. */
struct ct_live *live_new(const struct options *options,
			 const struct ct_trace_header *header);
/* What is not shown makes later lines right. */
void live_event(struct ct_live *live, const struct ct_event *event, bool shown);

/* A remark of the tracer, for who would like to know it at once. */
void live_remark(const char *text);

#endif
