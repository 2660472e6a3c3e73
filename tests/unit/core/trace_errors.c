/* SPDX-License-Identifier: MIT */
/* What is wrong with a file is said in one line that names the place. */
#include "fixture.h"
#include "test.h"

#include <stdlib.h>

#define HEADER "{\"cttrace\":1,\"uid\":0}\n"

static void check_error(const char *bytes, size_t len, const char *want)
{
	struct ct_error err = { 0 };
	struct ct_trace *trace = fixture_read(bytes, len, &err);

	CHECK_STR(err.text, want);
	CHECK(!trace);
}

static const struct {
	const char *text, *error;
} headers[] = {
	{ "\n", "x is not a cttrace trace" },
	{ "<!DOCTYPE html>\n<html></html>\n", "x is not a cttrace trace" },
	{ "\x7f"
	  "ELF\x02\x01\x01",
	  "x is not a cttrace trace" },
	{ "[1]\n", "x is not a cttrace trace" },
	{ "{}\n", "x is not a cttrace trace" },
	{ "{\"cttrace\":\"1\"}\n", "x is not a cttrace trace" },
	{ "{\"cttrace\":0,\"uid\":0}\n", "x is not a cttrace trace" },
	{ "{\"cttrace\":1,\"ui", "x is cut off in its first line" },
	{ "{\"cttrace\":2}\n", "x has trace format 2, this cttrace reads 1 to 1" },
	{ "{\"cttrace\":1}\n", "x: line 1: \"uid\" is missing" },
	{ "{\"cttrace\":1,\"uid\":4294967296}\n", "x: line 1: \"uid\" is out of range" },
	{ "{\"cttrace\":1,\"uid\":0,\"command\":[1]}\n",
	  "x: line 1: \"command\" holds a bad string" },
	{ "{\"cttrace\":1,\"uid\":0,\"command\":{}}\n",
	  "x: line 1: \"command\" is not a list" },
	{ "{\"cttrace\":1,\"uid\":0,\"host_ns\":{\"mnt\":-1}}\n",
	  "x: line 1: \"host_ns\": \"mnt\" is not an inode number" },
	{ "{\"cttrace\":1,\"uid\":0,\"host_ns\":[]}\n",
	  "x: line 1: \"host_ns\" is not an object" },
};

TEST(a_bad_first_line_is_named)
{
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		check_error(headers[i].text, strlen(headers[i].text), headers[i].error);
}

#define CALL(rest) "{\"ev\":\"call\",\"t\":1,\"task\":[5,1],\"name\":\"x\"" rest "}"
#define ARG(rest)  CALL(",\"args\":[" rest "]")

/* Each is the second line of a trace. */
static const struct {
	const char *line, *error;
} lines[] = {
	{ "", "ends too early at byte 0" },
	{ "nonsense", "not JSON at byte 8" },
	{ "[]", "not an object" },
	{ "{}", "\"ev\" is missing or not a string" },
	{ "{\"ev\":1}", "\"ev\" is missing or not a string" },
	{ "{\"ev\":\"call\"", "ends too early at byte 12" },
	{ "{\"ev\":\"call\",\"ev\":\"call\"}", "a key for the second time at byte 17" },
	{ "{\"ev\":\"\\u0000\"}", "a NUL at byte 13" },
	{ "{\"ev\":\"\xff\"}", "not UTF-8 at byte 7" },
	{ "{\"t\":99999999999999999999}", "a number that is too large at byte 25" },
	{ "{\"ev\":\"call\"}", "\"t\" is missing" },
	{ "{\"ev\":\"call\",\"t\":\"1\"}", "\"t\" is not an integer" },
	{ "{\"ev\":\"call\",\"t\":1.5}", "\"t\" is not an integer" },
	{ "{\"ev\":\"call\",\"t\":1e3}", "\"t\" is not an integer" },
	{ "{\"ev\":\"call\",\"t\":null}", "\"t\" is not an integer" },
	{ "{\"ev\":\"call\",\"t\":-1}", "\"t\" is out of range" },
	{ "{\"ev\":\"call\",\"t\":4611686018427387904}", "\"t\" is out of range" },
	{ "{\"ev\":\"call\",\"t\":1,\"task\":5}", "\"task\" is not a list of 2 numbers" },
	{ "{\"ev\":\"call\",\"t\":1,\"task\":[5]}",
	  "\"task\" is not a list of 2 numbers" },
	{ "{\"ev\":\"call\",\"t\":1,\"task\":[\"5\",1]}",
	  "\"task\" holds something that is not an integer" },
	{ "{\"ev\":\"call\",\"t\":1,\"task\":[-5,1]}",
	  "\"task\" holds a number out of range" },
	{ "{\"ev\":\"call\",\"t\":1,\"task\":[2147483648,1]}",
	  "\"task\" holds a number out of range" },
	{ "{\"ev\":\"call\",\"t\":1,\"task\":[5,0],\"name\":\"x\"}",
	  "\"task\" is missing or has serial 0" },
	{ "{\"ev\":\"call\",\"t\":1,\"name\":\"x\"}",
	  "\"task\" is missing or has serial 0" },
	{ "{\"ev\":\"call\",\"t\":1,\"task\":[5,1]}", "\"name\" is missing" },
	{ "{\"ev\":\"call\",\"t\":1,\"task\":[5,1],\"name\":7}",
	  "\"name\" is not a string" },
	{ "{\"ev\":\"call\",\"t\":1,\"task\":[5,1],\"name\":\"a\\\\q\"}",
	  "\"name\" has a backslash that is no escape" },
	{ "{\"ev\":\"call\",\"t\":1,\"task\":[5,1],\"name\":\"a\\\\\"}",
	  "\"name\" has a backslash that is no escape" },
	{ CALL(",\"arch\":\"vax\""), "\"arch\" is not one of its names" },
	{ CALL(",\"arch\":1"), "\"arch\" is not one of its names" },
	{ CALL(",\"ret\":true"), "\"ret\" is not an integer" },
	{ CALL(",\"errno\":0"), "\"errno\" is out of range" },
	{ CALL(",\"restart\":false"), "\"restart\" is not true" },
	{ CALL(",\"ongoing\":1"), "\"ongoing\" is not true" },
	{ CALL(",\"ret\":0,\"errno\":1"), "\"errno\" contradicts another key" },
	{ CALL(",\"dur\":-2"), "\"dur\" is out of range" },
	{ CALL(",\"args\":{}"), "\"args\" is not a list" },
	{ ARG("1"), "\"args\" holds something that is not an object" },
	{ ARG("{}"), "\"name\" is missing" },
	{ ARG("{\"name\":\"a\",\"int\":1,\"str\":\"\"}"),
	  "\"str\" contradicts another key" },
	{ ARG("{\"name\":\"a\",\"list\":[],\"fields\":[]}"),
	  "\"fields\" contradicts another key" },
	{ ARG("{\"name\":\"a\",\"fields\":[{\"int\":1}]}"), "\"name\" is missing" },
	{ ARG("{\"name\":\"a\",\"ptr\":1}"), "\"ptr\" is not a string like \"0x1f\"" },
	{ ARG("{\"name\":\"a\",\"ptr\":\"0x\"}"),
	  "\"ptr\" is not a string like \"0x1f\"" },
	{ ARG("{\"name\":\"a\",\"ptr\":\"0x11112222333344445\"}"),
	  "\"ptr\" is not a string like \"0x1f\"" },
	{ ARG("{\"name\":\"a\",\"ptr\":\"0x1 \"}"),
	  "\"ptr\" is not a string like \"0x1f\"" },
	{ ARG("{\"name\":\"a\",\"cut\":1}"), "\"cut\" is not true or false" },
	{ ARG("{\"name\":\"a\",\"ns_type\":\"pid_for_children\"}"),
	  "\"ns_type\" is not one of its names" },
	{ CALL(",\"state\":[]"), "\"state\" is not an object" },
	{ CALL(",\"state\":{\"status\":1}"), "\"status\" is not an object" },
	{ CALL(",\"state\":{\"status\":{\"seccomp\":3}}"),
	  "\"seccomp\" is out of range" },
	{ CALL(",\"state\":{\"status\":{\"nspid\":1}}"), "\"nspid\" is not a list" },
	{ CALL(",\"state\":{\"status\":{\"nspid\":[null]}}"),
	  "\"nspid\" holds something that is not an integer" },
	{ CALL(",\"state\":{\"status\":{\"uid\":[0,0,0]}}"),
	  "\"uid\" is not a list of 4 numbers" },
	{ CALL(",\"state\":{\"cgroups\":[{}]}"), "\"path\" is missing" },
	{ "{\"ev\":\"task\",\"t\":1,\"task\":[5,1],\"pid\":5}", "\"how\" is missing" },
	{ "{\"ev\":\"task\",\"t\":1,\"task\":[5,1],\"pid\":5,\"how\":\"stork\"}",
	  "\"how\" is not one of its names" },
	{ "{\"ev\":\"exec\",\"t\":1,\"task\":[5,1],\"call\":\"execve\"}",
	  "\"path\" is missing" },
	{ "{\"ev\":\"exit\",\"t\":1,\"task\":[5,1],\"status\":256}",
	  "\"status\" is out of range" },
	{ "{\"ev\":\"exit\",\"t\":1,\"task\":[5,1],\"status\":0,\"signal\":9}",
	  "both \"status\" and \"signal\" ended it" },
	{ "{\"ev\":\"signal\",\"t\":1,\"task\":[5,1],\"signal\":0}",
	  "\"signal\" is out of range" },
	{ "{\"ev\":\"gap\",\"t\":1,\"count\":3}", "\"text\" is missing" },
	{ "{\"ev\":\"end\",\"t\":1}", "\"events\" is missing" },
	{ "{\"ev\":\"end\",\"t\":1,\"events\":-1}", "\"events\" is out of range" },
	{ "{\"ev\":\"end\",\"t\":1,\"events\":0,\"exit\":7}",
	  "\"exit\" is not an object" },
	{ "{\"ev\":\"end\",\"t\":1,\"events\":0}\n{\"ev\":\"end\",\"t\":1,\"events\":0}",
	  "there is more behind the trace's end" },
};

TEST(a_bad_line_is_named_with_its_number)
{
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
		CT_CLEANUP_STRBUF struct ct_strbuf error = CT_STRBUF_INIT;
		int line = strchr(lines[i].line, '\n') ? 3 : 2;

		ct_strbuf_addf(&text, HEADER "%s\n", lines[i].line);
		ct_strbuf_addf(&error, "x: line %d: %s", line, lines[i].error);
		check_error(text.data, text.len, error.data);
	}
}

TEST(a_trace_with_more_behind_its_end_is_refused_even_if_that_is_cut_off)
{
	static const char text[] = HEADER "{\"ev\":\"end\",\"t\":1,\"events\":0}\n{";

	check_error(text, strlen(text),
		    "x: line 3: there is more behind the trace's end");
}

/* Opens `count` lists in one another around nothing. */
static void add_nested(struct ct_strbuf *text, int count)
{
	for (int i = 0; i < count; i++)
		ct_strbuf_adds(text, "{\"list\":[");
	for (int i = 0; i < count; i++)
		ct_strbuf_adds(text, "]}");
}

static void check_nested(int count, const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	struct ct_error err = { 0 };

	ct_strbuf_adds(&text,
		       HEADER "{\"ev\":\"call\",\"t\":1,\"task\":[5,1],\"name\":\"x\","
			      "\"args\":[{\"name\":\"a\",\"list\":[");
	add_nested(&text, count);
	ct_strbuf_adds(&text, "]}]}\n");
	ct_trace_free(fixture_read(text.data, text.len, &err));
	CHECK_STR(err.text, want);
}

TEST(deep_nesting_is_an_error_and_no_stack_overflow)
{
	check_nested(13, "");
	check_nested(14, "");
	check_nested(15, "x: line 2: \"list\" is nested too deeply");
	check_nested(1000, "x: line 2: \"list\" is nested too deeply");
	check_nested(1000000, "x: line 2: nested too deeply at byte 9269");
}

static void check_line_of(size_t len, const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	struct ct_error err = { 0 };

	ct_strbuf_adds(&text, HEADER "{\"ev\":\"later\",\"pad\":\"");
	ct_strbuf_pad(&text, 'x', len - strlen("{\"ev\":\"later\",\"pad\":\"\"}"));
	ct_strbuf_adds(&text, "\"}\n");
	ct_trace_free(fixture_read(text.data, text.len, &err));
	CHECK_STR(err.text, want);
}

TEST(a_line_has_a_limit)
{
	check_line_of((size_t)16 << 20, "");
	check_line_of(((size_t)16 << 20) + 1, "x: line 2: longer than 16777216 bytes");
}

TEST(unknown_kinds_are_counted_and_unknown_keys_are_nothing)
{
	static const char text[] =
		"{\"cttrace\":1,\"uid\":0,\"moon\":\"full\"}\n"
		"{\"ev\":\"eclipse\",\"t\":\"noon\"}\n"
		"{\"ev\":\"signal\",\"t\":1,\"task\":[5,1],\"signal\":15,\"moon\":{}}\n"
		"{\"ev\":\"end\",\"t\":1,\"events\":2,\"moon\":[]}\n";
	struct ct_error err = { 0 };
	struct ct_trace *trace = fixture_read(text, strlen(text), &err);

	CHECK_STR(err.text, "");
	CHECK_INT(trace->n_events, 1);
	CHECK_INT(trace->unknown, 1);
	CHECK(trace->complete);
	CHECK_INT(trace->events[0].signal, 15);
	ct_trace_free(trace);
}

/* Without a single optional key: all that the model looks at without asking is there. */
TEST(what_is_missing_is_empty_and_not_null)
{
	static const char text[] = HEADER ARG(
		"{\"name\":\"a\"},{\"name\":\"b\",\"list\":[{}]},"
		"{\"name\":\"c\",\"str\":\"\"}") "\n"
						 "{\"ev\":\"exec\",\"t\":1,\"task\":[5,1]"
						 ",\"call\":\"\",\"path\":\"\","
						 "\"state\":{\"cgroups\":[{\"path\":\"\"}"
						 "]},\"stack\":[{}]}\n"
						 "{\"ev\":\"exit\",\"t\":1,\"task\":[5,1]"
						 "}\n";
	struct ct_error err = { 0 };
	struct ct_trace *trace = fixture_read(text, strlen(text), &err);
	const struct ct_event *event;

	CHECK_STR(err.text, "");
	CHECK_STR(trace->header.kernel, "");
	CHECK_STR(trace->header.tracer, "");
	CHECK_INT(trace->header.n_command, 0);
	event = &trace->events[0];
	CHECK_INT(event->dur_ns, -1);
	CHECK_INT(event->call.nr, -1);
	CHECK_INT(event->call.result, CT_RESULT_NONE);
	CHECK_STR(event->call.args[0].text, "?");
	CHECK_INT(event->call.args[0].ns_type, -1);
	CHECK_STR(event->call.args[1].items[0].text, "?");
	CHECK_STR(event->call.args[2].str, "");
	event = &trace->events[1];
	CHECK_STR(event->exec.exe, "");
	CHECK_INT(event->state->of.serial, 1);
	CHECK_STR(event->state->comm, "");
	CHECK_INT(event->state->seccomp, -1);
	CHECK_STR(event->state->cgroups[0].controllers, "");
	CHECK_STR(event->stack[0].module, "");
	CHECK_INT(trace->events[2].exit.status, -1);
	CHECK_INT(trace->events[2].exit.signal, 0);
	ct_trace_free(trace);
}

TEST(files_that_cannot_be_read_are_named_with_the_reason)
{
	struct ct_error err = { 0 };

	CHECK(!ct_trace_open("/nonexistent/x.jsonl", &err));
	CHECK_STR(err.text,
		  "cannot open /nonexistent/x.jsonl: No such file or directory");
	err = (struct ct_error){ 0 };
	CHECK(!ct_trace_open("/", &err));
	CHECK_STR(err.text, "cannot read /: Is a directory");
	err = (struct ct_error){ 0 };
	CHECK(!ct_trace_open("/dev/null", &err));
	CHECK_STR(err.text, "/dev/null is empty");
	err = (struct ct_error){ 0 };
	CHECK(!ct_trace_open("/dev/zero", &err));
	CHECK_STR(err.text, "/dev/zero is not a cttrace trace");
	CHECK(!ct_trace_open("/dev/null", NULL));
}

/* tests/schema/ makes sure that the schema refuses each of these lines. */
TEST(the_reader_refuses_what_the_schema_refuses)
{
	FILE *in = fopen(CT_SOURCE_DIR "/tests/schema/refused.jsonl", "re");
	char *line = NULL;
	size_t cap = 0;
	int n = 0;

	CHECK(in);
	for (; getline(&line, &cap, in) > 0; n++) {
		CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
		struct ct_error err = { 0 };

		ct_strbuf_addf(&text, "%s%s", strstr(line, "cttrace") ? "" : HEADER,
			       line);
		if (fixture_read(text.data, text.len, &err))
			test_fail(__FILE__, __LINE__, "was read: %s", line);
		CHECK(err.code);
	}
	CHECK(n >= 30);
	free(line);
	fclose(in);
}
