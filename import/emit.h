/* SPDX-License-Identifier: MIT */
/* Events on their way into the trace: counted, and one is held back for its stack. */
#ifndef CTTRACE_IMPORT_EMIT_H
#define CTTRACE_IMPORT_EMIT_H

#include "cttrace/trace.h"
#include "span.h"

/* Give it the writer, the rest zeroed. */
struct ct_log_emit {
	struct ct_trace_writer *writer; /* NULL: nothing is kept */
	struct ct_trace_footer footer;  /* what was written so far, in numbers */
	struct ct_event held;
	bool holds;
	size_t cap_stack;
	struct ct_arena arena; /* what the events of one line point to */
};

/* Writes what is held back, and forgets what it pointed to. */
int ct_log_emit_flush(struct ct_log_emit *emit, struct ct_error *err);
int ct_log_emit(struct ct_log_emit *emit, const struct ct_event *event,
		struct ct_error *err);
/* The same, when the next line has been seen: it may be of the call's stack. */
int ct_log_emit_later(struct ct_log_emit *emit, const struct ct_event *event,
		      struct ct_error *err);
/* A line of strace -k: "/lib/libc.so.6(mount+0xe) [0x11d]". */
void ct_log_emit_frame(struct ct_log_emit *emit, struct ct_span text);

#endif
