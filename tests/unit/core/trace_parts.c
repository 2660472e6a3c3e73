/* SPDX-License-Identifier: MIT */
/* A trace that is read in parts is what one reader makes of it. */
#include "trace_parts.h"
#include "fixture.h"
#include "same.h"
#include "test.h"

#include "cttrace/strbuf.h"

#include <sys/mman.h>
#include <unistd.h>

/* A file with these bytes, which read(2) reads from its start. */
static int file_of(const struct ct_strbuf *bytes)
{
	int fd = memfd_create("trace", MFD_CLOEXEC);

	CHECK_INT(pwrite(fd, bytes->data, bytes->len, 0), (ssize_t)bytes->len);
	return fd;
}

static struct ct_trace *read_parts(const struct ct_strbuf *bytes, size_t n)
{
	int fd = file_of(bytes);
	struct ct_trace *trace = ct_trace_read_parts(fd, 0, (off_t)bytes->len, n);

	close(fd);
	return trace;
}

TEST(however_a_trace_is_divided_it_is_the_same)
{
	CT_CLEANUP_STRBUF struct ct_strbuf bytes = CT_STRBUF_INIT;
	size_t n;
	const struct ct_event *events = fixture_events(&n);

	fixture_write(&bytes, events, n, &fixture_footer);
	for (size_t parts = 1; parts < 40; parts++) {
		struct ct_trace *trace = read_parts(&bytes, parts);

		/* the footer is a part's that is not the last one: somebody else reads it
		 */
		if (!trace) {
			CHECK(parts > 2);
			continue;
		}
		CHECK(trace->complete);
		CHECK_INT(trace->n_events, n);
		check_same_header(&trace->header, &fixture_header);
		check_same_footer(&trace->footer, &fixture_footer);
		for (size_t i = 0; i < n; i++)
			check_same_event(&trace->events[i], &events[i]);
		ct_trace_free(trace);
	}
}

TEST(a_part_with_a_bad_line_is_refused)
{
	CT_CLEANUP_STRBUF struct ct_strbuf bytes = CT_STRBUF_INIT;
	size_t n;
	const struct ct_event *events = fixture_events(&n);

	fixture_write(&bytes, events, n, NULL);
	ct_strbuf_adds(&bytes, "{}\n");
	for (size_t parts = 1; parts < 9; parts++)
		CHECK(!read_parts(&bytes, parts));
}

/* -------- files that are long enough to be divided -------- */

#define LINES 10000

/* A trace of more than 8 MiB; another line is number `odd`. */
static void write_long(struct ct_strbuf *bytes, size_t odd, const char *line)
{
	fixture_write(bytes, NULL, 0, NULL);
	for (size_t i = 2; i <= LINES; i++) {
		if (i == odd)
			ct_strbuf_addf(bytes, "%s\n", line);
		else
			ct_strbuf_addf(
				bytes,
				"{\"ev\":\"note\",\"t\":%zu,\"text\":\"%0900zu\"}\n", i,
				i);
	}
}

static struct ct_trace *read_file(const struct ct_strbuf *bytes, struct ct_error *err)
{
	FILE *in = fdopen(file_of(bytes), "r");
	struct ct_trace *trace = ct_trace_read(in, "x", err);

	CHECK(!trace || fgetc(in) == EOF);
	fclose(in);
	return trace;
}

TEST(a_long_file_is_read_in_order)
{
	CT_CLEANUP_STRBUF struct ct_strbuf bytes = CT_STRBUF_INIT;
	struct ct_error err = { 0 };
	struct ct_trace *trace;

	write_long(&bytes, 9, "{\"ev\":\"unheard of\"}");
	trace = read_file(&bytes, &err);
	CHECK_STR(err.text, "");
	CHECK(!trace->complete);
	CHECK_INT(trace->unknown, 1);
	CHECK_INT(trace->n_events, LINES - 2);
	for (size_t i = 0; i < trace->n_events; i++)
		CHECK_INT(trace->events[i].t_ns, (int64_t)i + (i < 7 ? 2 : 3));
	ct_trace_free(trace);
}

TEST(a_bad_line_of_a_long_file_has_its_number)
{
	static const size_t places[] = { 2, 3, LINES / 2, LINES - 1, LINES };

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf bytes = CT_STRBUF_INIT,
						   want = CT_STRBUF_INIT;
		struct ct_error err = { 0 };

		write_long(&bytes, places[i], "[]");
		ct_strbuf_addf(&want, "x: line %zu: not an object", places[i]);
		CHECK(!read_file(&bytes, &err));
		CHECK_STR(err.text, want.data);
	}
}

TEST(nothing_is_behind_the_end_of_a_long_file)
{
	CT_CLEANUP_STRBUF struct ct_strbuf bytes = CT_STRBUF_INIT;
	struct ct_error err = { 0 };

	write_long(&bytes, 5000,
		   "{\"ev\":\"end\",\"t\":1,\"events\":4998,\"tasks\":0,\"calls\":0,"
		   "\"failed_calls\":0,\"signals\":0,\"gaps\":0}");
	CHECK(!read_file(&bytes, &err));
	CHECK_STR(err.text, "x: line 5001: there is more behind the trace's end");
}
