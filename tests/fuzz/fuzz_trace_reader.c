/* SPDX-License-Identifier: MIT */
/* Any bytes as a trace: an error in words, or a trace that can be written and read again.
 */
/* links: ct_core */
#include "fuzz.h"

#include "cttrace/trace.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Returns the trace as it comes back from being written. */
static struct ct_trace *write_and_read(const struct ct_trace *trace)
{
	int fd = memfd_create("trace", MFD_CLOEXEC), copy = dup(fd);
	struct ct_trace_writer *w = ct_trace_writer_new(fd);
	struct ct_trace *again;
	FILE *in;

	ct_trace_writer_header(w, &trace->header, NULL);
	for (size_t i = 0; i < trace->n_events; i++)
		ct_trace_writer_event(w, &trace->events[i], NULL);
	if (trace->complete)
		ct_trace_writer_footer(w, &trace->footer, NULL);
	ct_trace_writer_free(w);
	lseek(copy, 0, SEEK_SET);
	in = fdopen(copy, "r");
	again = ct_trace_read(in, "again", NULL);
	fclose(in);
	return again;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FILE *in = fmemopen((void *)data, size, "r");
	struct ct_error err = { 0 };
	struct ct_trace *trace, *again;

	if (!in)
		return 0;
	trace = ct_trace_read(in, "fuzz", &err);
	fclose(in);
	if (!trace != !!err.code)
		abort();
	if (!trace)
		return 0;
	again = write_and_read(trace);
	if (!again || again->n_events != trace->n_events ||
	    again->complete != trace->complete)
		abort();
	ct_trace_free(again);
	ct_trace_free(trace);
	return 0;
}
