/* SPDX-License-Identifier: MIT */
/* strace's logs become traces. */
#ifndef CTTRACE_IMPORT_LOG_IMPORT_H
#define CTTRACE_IMPORT_LOG_IMPORT_H

#include "source.h"

#include "cttrace/trace.h"

/* What became of the lines. */
struct ct_log_counts {
	uint64_t lines, events, tasks, calls;
	uint64_t strange; /* kept as notes */
	uint64_t halves;  /* calls whose beginning or end the log does not have */
	uint64_t cut;     /* strings that strace has cut */
	uint64_t newer;   /* calls that it did not know: what they were told is missing */
	bool has_times;
};

/* Reads the log twice, and writes a whole trace. */
int ct_log_import(struct ct_log_source *source, struct ct_trace_writer *writer,
		  struct ct_log_counts *counts, struct ct_error *err);

#endif
