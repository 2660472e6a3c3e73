/* SPDX-License-Identifier: MIT */
/* Writing a trace that was read, to see whether it comes back. */
#ifndef TESTS_FUZZ_WRITE_TRACE_H
#define TESTS_FUZZ_WRITE_TRACE_H

#include "cttrace/trace.h"

#include <sys/mman.h>
#include <unistd.h>

/* A descriptor that stands at the beginning of what was written. */
static inline int write_trace(const struct ct_trace *trace)
{
	int fd = memfd_create("trace", MFD_CLOEXEC), copy = dup(fd);
	struct ct_trace_writer *w = ct_trace_writer_new(fd);

	ct_trace_writer_header(w, &trace->header, NULL);
	for (size_t i = 0; i < trace->n_events; i++)
		ct_trace_writer_event(w, &trace->events[i], NULL);
	if (trace->complete)
		ct_trace_writer_footer(w, &trace->footer, NULL);
	ct_trace_writer_free(w);
	lseek(copy, 0, SEEK_SET);
	return copy;
}

#endif
