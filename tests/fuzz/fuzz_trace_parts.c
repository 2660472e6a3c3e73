/* SPDX-License-Identifier: MIT */
/* Any bytes as a trace that is read in parts: what one reader makes of it, or nothing. */
/* links: ct_core */
#include "fuzz.h"

#include "trace_parts.h"
#include "write_trace.h"

#include "cttrace/strbuf.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void require(bool truth)
{
	if (!truth)
		abort();
}

/* What the trace is when it is written. */
static void write_again(struct ct_strbuf *text, const struct ct_trace *trace)
{
	int copy = write_trace(trace);
	ssize_t len;

	do {
		ct_strbuf_reserve(text, 4096);
		len = read(copy, text->data + text->len, 4096);
		text->len += len > 0 ? (size_t)len : 0;
	} while (len > 0);
	close(copy);
}

static void check_same(const struct ct_trace *got, const struct ct_trace *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf a = CT_STRBUF_INIT, b = CT_STRBUF_INIT;

	require(got->unknown == want->unknown);
	write_again(&a, got);
	write_again(&b, want);
	require(a.len == b.len && !memcmp(a.data, b.data, a.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("trace", MFD_CLOEXEC);
	struct ct_trace *want;
	FILE *in;

	require(pwrite(fd, data, size, 0) == (ssize_t)size);
	in = fdopen(fd, "r");
	want = ct_trace_read(in, "whole", NULL);
	for (size_t n = 1; n <= 4; n++) {
		struct ct_trace *got = ct_trace_read_parts(fd, 0, (off_t)size, n);

		/* one part sees everything */
		require(n > 1 || !got == !want);
		require(!got || want);
		if (got)
			check_same(got, want);
		ct_trace_free(got);
	}
	ct_trace_free(want);
	fclose(in);
	return 0;
}
