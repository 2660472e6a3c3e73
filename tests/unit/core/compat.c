/* SPDX-License-Identifier: MIT */
/* Traces of every past version read to the same facts for ever: tests/compat/. */
#include "fixture.h"
#include "same.h"
#include "test.h"

#define COMPAT CT_SOURCE_DIR "/tests/compat/"

static struct ct_trace *open_compat(const char *path)
{
	struct ct_error err = { 0 };
	struct ct_trace *trace = ct_trace_open(path, &err);

	CHECK_STR(err.text, "");
	CHECK(trace->complete);
	return trace;
}

TEST(every_kind_of_version_1)
{
	struct ct_trace *trace = open_compat(COMPAT "v1/every-kind.jsonl");
	size_t n;
	const struct ct_event *events = fixture_events(&n);

	check_same_header(&trace->header, &fixture_header);
	check_same_footer(&trace->footer, &fixture_footer);
	CHECK_INT(trace->n_events, n);
	for (size_t i = 0; i < n; i++)
		check_same_event(&trace->events[i], &events[i]);
	ct_trace_free(trace);
}

static void slurp(const char *path, struct ct_strbuf *out)
{
	FILE *in = fopen(path, "re");
	int c;

	CHECK(in);
	while ((c = getc(in)) != EOF)
		ct_strbuf_addc(out, (char)c);
	fclose(in);
}

/* So that what the schema is tested with is what is written today. */
TEST(every_kind_is_written_as_version_1)
{
	CT_CLEANUP_STRBUF struct ct_strbuf written = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf golden = CT_STRBUF_INIT;
	size_t n;
	const struct ct_event *events = fixture_events(&n);

	fixture_write(&written, events, n, &fixture_footer);
	slurp(COMPAT "v1/every-kind.jsonl", &golden);
	CHECK_STR(written.data, golden.data);
}

/* Spaces, another order of keys, newer keys and kinds, JSON's own escapes. */
TEST(a_trace_that_another_program_wrote)
{
	struct ct_trace *trace = open_compat(COMPAT "v1/foreign.jsonl");
	const struct ct_event *mount = &trace->events[1], *end = &trace->events[2];
	const struct ct_arg *target = ct_call_arg(&mount->call, "target");

	CHECK_STR(trace->header.tracer, "strace");
	CHECK_INT(trace->header.uid, 4294967295);
	CHECK_INT(trace->n_events, 3);
	CHECK_INT(trace->unknown, 1);
	CHECK_STR(trace->events[0].note.text, "imported");
	CHECK_STR(mount->call.name, "mount");
	CHECK_INT(mount->call.nr, -1);
	CHECK_INT(mount->call.result, CT_RESULT_ERROR);
	CHECK_INT(mount->call.error, 13);
	CHECK_STR(target->str, "/caf\xc3\xa9/\xff\\n");
	CHECK_INT(target->len, 10);
	CHECK_STR(target->text, "\"/caf\xc3\xa9/\xff\\n\"");
	CHECK_INT(ct_call_int(&mount->call, "flags", 0), 4096);
	CHECK_STR(ct_call_arg(&mount->call, "flags")->text, "4096");
	CHECK_STR(ct_call_arg(&mount->call, "data")->text, "0xffffffffffffffff");
	CHECK_INT(ct_call_int(&mount->call, "data", 0), -1);
	CHECK_INT(end->exit.status, 1);
	CHECK(!trace->footer.root_ended);
	ct_trace_free(trace);
}
