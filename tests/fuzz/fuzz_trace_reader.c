/* SPDX-License-Identifier: MIT */
/* Any bytes as a trace: an error in words, or a trace that can be written and read again.
 */
/* links: ct_core */
#include "fuzz.h"
#include "write_trace.h"

#include "cttrace/trace.h"

#include <stdlib.h>

/* Returns the trace as it comes back from being written. */
static struct ct_trace *write_and_read(const struct ct_trace *trace)
{
	int copy = write_trace(trace);
	struct ct_trace *again;
	FILE *in;

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
