/* SPDX-License-Identifier: MIT */
/* Any bytes as a log: what comes out is a trace that can be read, whole, with its counts
 * right, or it is refused. */
/* links: ct_import */
#include "fuzz.h"

#include "log_import.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_trace(int fd, const struct ct_log_counts *counts)
{
	struct ct_error err = { 0 };
	struct ct_trace *trace;
	FILE *in;

	require(lseek(fd, 0, SEEK_SET) == 0);
	in = fdopen(fd, "r");
	require(in != NULL);
	trace = ct_trace_read(in, "imported", &err);
	require(trace && trace->complete && !trace->unknown);
	require(trace->n_events == counts->events);
	require(trace->footer.tasks == counts->tasks && counts->tasks >= 1);
	ct_trace_free(trace);
	fclose(in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ct_error err = { 0 };
	struct ct_log_counts counts;
	struct ct_log_source *source;
	struct ct_trace_writer *writer;
	int fd, copy;
	FILE *in;

	if (size == 0 || size > 65536)
		return 0;
	in = fmemopen((void *)data, size, "r");
	fd = memfd_create("trace", MFD_CLOEXEC);
	copy = dup(fd);
	require(in && fd >= 0 && copy >= 0);
	source = ct_log_source_of(in, "log", &err);
	require(source != NULL);
	writer = ct_trace_writer_new(copy);
	ct_log_import(source, writer, &counts, &err);
	ct_trace_writer_free(writer);
	ct_log_source_free(source);
	if (err.code)
		close(fd);
	else
		check_trace(fd, &counts);
	return 0;
}
