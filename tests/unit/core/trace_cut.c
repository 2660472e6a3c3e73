/* SPDX-License-Identifier: MIT */
/* A trace whose tracer was killed is read as far as it goes, and never as whole. */
#include "fixture.h"
#include "same.h"
#include "test.h"

static size_t lines_before(const char *bytes, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += bytes[i] == '\n';
	return n;
}

static void check_cut(const struct ct_strbuf *whole, size_t len)
{
	size_t lines = lines_before(whole->data, len), n;
	const struct ct_event *events = fixture_events(&n);
	struct ct_error err = { 0 };
	struct ct_trace *trace = fixture_read(whole->data, len, &err);

	if (!lines) {
		CHECK(!trace);
		CHECK_STR(err.text, len < strlen("{\"cttrace\":")
					    ? "x is not a cttrace trace"
					    : "x is cut off in its first line");
		return;
	}
	CHECK_STR(err.text, "");
	CHECK(!trace->complete);
	CHECK_INT(trace->n_events, lines - 1);
	for (size_t i = 0; i < trace->n_events; i++)
		check_same_event(&trace->events[i], &events[i]);
	ct_trace_free(trace);
}

TEST(a_trace_cut_at_any_byte_is_read_up_to_there)
{
	CT_CLEANUP_STRBUF struct ct_strbuf whole = CT_STRBUF_INIT;
	size_t n;
	const struct ct_event *events = fixture_events(&n);

	fixture_write(&whole, events, n, &fixture_footer);
	for (size_t len = 1; len < whole.len; len++)
		check_cut(&whole, len);
}

/* Every byte of a trace is changed: an error or another trace, but never a crash. */
TEST(a_trace_with_a_changed_byte_does_no_harm)
{
	CT_CLEANUP_STRBUF struct ct_strbuf bytes = CT_STRBUF_INIT;
	static const char other[] = {
		0, '"', '\\', '9', '-', '{', ']', '\n', (char)0xff
	};
	size_t n, refused = 0;
	const struct ct_event *events = fixture_events(&n);

	fixture_write(&bytes, events, n, &fixture_footer);
	for (size_t i = 0; i < bytes.len; i++) {
		char saved = bytes.data[i];
		struct ct_error err = { 0 };
		struct ct_trace *trace;

		bytes.data[i] = other[i % sizeof(other)];
		trace = fixture_read(bytes.data, bytes.len, &err);
		CHECK_INT(!trace, err.code != 0);
		refused += !trace;
		ct_trace_free(trace);
		bytes.data[i] = saved;
	}
	CHECK(refused > bytes.len / 2);
}
