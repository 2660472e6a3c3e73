/* SPDX-License-Identifier: MIT */
/* Expressions: what they say of an event, and where they are wrong. */
#include "cttrace/query.h"
#include "cttrace/strbuf.h"
#include "test.h"

#include <stdio.h>

static struct ct_arg args[] = {
	{ .name = "source", .type = CT_VALUE_STR, .str = "", .text = "\"\"" },
	{ .name = "target",
	  .type = CT_VALUE_STR,
	  .str = "proc",
	  .len = 4,
	  .text = "\"proc\"",
	  .path = "/run/c1/rootfs/proc" },
};

/* mount("", "proc") = -1 EPERM, at 20 ms, for 1.5 ms */
static const struct ct_event event = {
	.kind = CT_EVENT_CALL,
	.task = { 42, 3 },
	.t_ns = 20000000,
	.dur_ns = 1500000,
	.call = { .name = "mount",
		  .args = args,
		  .n_args = 2,
		  .result = CT_RESULT_ERROR,
		  .error = 1 },
};

static bool says(const char *expression)
{
	struct ct_query_error err;
	struct ct_query *query = ct_query_parse(expression, &err);
	bool matches;

	if (!query)
		test_fail(__FILE__, __LINE__, "%s: %s", expression, err.why.text);
	matches = ct_query_matches(query, NULL, NULL, &event);
	ct_query_free(query);
	return matches;
}

TEST(names_numbers_and_times)
{
	CHECK(says("name == mount") && says("name = 'mount'") && says("name==\"mount\""));
	CHECK(!says("name == umount") && says("name != umount"));
	CHECK(says("tid == 42") && says("tid == 0x2a") && !says("tid < 42"));
	CHECK(says("tid <= 42") && says("tid > 41") && says("tid >= 42"));
	CHECK(says("t == 20ms") && says("t == 20000us") && says("t == 0.02s"));
	CHECK(says("t == 20000000ns") && says("t < 20.000001ms") &&
	      says("t > 19.999999ms"));
	CHECK(says("dur == 1.5ms") && !says("dur > 1.5ms"));
	CHECK(says("result == -1") && says("result < 0"));
	CHECK(says("error == EPERM") && says("error == 1") && !says("error == ENOENT"));
	CHECK(says("error ~ .") && says("error like E*") && !says("error == 0"));
	CHECK(says("kind == call") && !says("kind == exec"));
}

TEST(paths_are_what_was_passed_and_what_it_is)
{
	CHECK(says("path == proc") && says("path == /run/c1/rootfs/proc"));
	CHECK(says("path like /run/*/proc") && says("path like '*c?/*'"));
	CHECK(!says("path like /run/*/sys") && !says("path like *rootfs"));
	CHECK(says("path ~ rootfs/proc$") && says("path !~ sys"));
	CHECK(!says("path == ''")); /* no path: an argument that was not resolved */
	CHECK(says("text ~ 'mount\\(.*EPERM'"));
}

TEST(and_binds_before_or)
{
	const char *t = "tid == 42", *f = "tid == 0";

	for (int bits = 0; bits < 8; bits++) {
		const char *a = bits & 1 ? t : f, *b = bits & 2 ? t : f;
		const char *c = bits & 4 ? t : f;
		bool x = bits & 1, y = bits & 2, z = bits & 4;
		char text[200];

		snprintf(text, sizeof(text), "%s or %s and %s", a, b, c);
		CHECK(says(text) == (x || (y && z)));
		snprintf(text, sizeof(text), "%s && %s || %s", a, b, c);
		CHECK(says(text) == ((x && y) || z));
		snprintf(text, sizeof(text), "(%s or %s)and %s", a, b, c);
		CHECK(says(text) == ((x || y) && z));
		snprintf(text, sizeof(text), "not %s and !(%s or %s)", a, b, c);
		CHECK(says(text) == (!x && !(y || z)));
	}
}

/* What the model would know has no value without one. */
TEST(without_a_model)
{
	struct ct_query_error err;
	struct ct_query *query = ct_query_parse("tid == 42 or role == init", &err);
	size_t at = 0;

	CHECK_STR(ct_query_model_field(query, &at), "role");
	CHECK_INT(at, 13);
	ct_query_free(query);
	CHECK(!says("role == init") && says("role != init") && !says("phase == create"));
}

static void wrong(const char *expression, size_t at, const char *why)
{
	struct ct_query_error err;
	struct ct_query *query = ct_query_parse(expression, &err);

	if (query)
		test_fail(__FILE__, __LINE__, "is accepted: %s", expression);
	if (strncmp(err.why.text, why, strlen(why)) != 0)
		test_fail(__FILE__, __LINE__, "%s: %s", expression, err.why.text);
	if (err.at != at)
		test_fail(__FILE__, __LINE__, "%s: at %zu", expression, err.at);
}

TEST(mistakes_are_pointed_at)
{
	wrong("", 0, "a field should be here, not the end");
	wrong("  nmae == x", 2, "there is no field 'nmae'; there are kind, name,");
	wrong("name mount", 5, "==, !=, ~, !~ or like should be here, not 'mount'");
	wrong("name > mount", 5, "==, !=, ~, !~ or like should be here, not '>'");
	wrong("pid ~ 1", 4, "==, !=, <, <=, > or >= should be here, not '~'");
	wrong("name ==", 7, "a value should be here, not the end");
	wrong("name == and", 8, "a value should be here, not 'and'");
	wrong("(name == x", 10, "'and', 'or' or ')' should be here, not the end");
	wrong("name == x)", 9, "'and', 'or' or the end should be here, not ')'");
	wrong("name == x y", 10, "'and', 'or' or the end should be here, not 'y'");
	wrong("name == 'x", 8, "the quote is not closed");
	wrong("name ~ a|b", 8, "'|' is no sign");
	wrong("name ~ '('", 7, "'(' is no regular expression: Unmatched (");
	wrong("name ~ '(a)\\1'", 7, "a pattern cannot refer back");
	wrong("name ~ '(a{9}){9}'", 7, "a pattern has one repetition");
	wrong("name ~ 'a{100}'", 7, "a pattern repeats 99 times");
	wrong("dur > 20", 6, "dur is compared with a time such as");
	wrong("dur > ms", 6, "dur is compared with a time such as");
	wrong("t > 99999999999999s", 4, "t is compared with a time such as");
	wrong("t > 1.2.3s", 4, "t is compared with a time such as");
	wrong("pid == 12a", 7, "pid is compared with a number, not '12a'");
	wrong("pid == 99999999999999999999", 7, "pid is compared with a number");
	wrong("error == EWHAT", 9, "there is no error 'EWHAT'");
	wrong("role == runner", 8,
	      "there is no role 'runner'; there are unknown, engine");
	wrong("tag == x", 7, "there is no tag 'x'; there are process,");
}

TEST(what_is_too_deep_or_too_long_is_refused)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	ct_strbuf_pad(&text, '(', 1000);
	wrong(text.data, 64, "this is nested too deeply");
	ct_strbuf_reset(&text);
	ct_strbuf_pad(&text, '!', 1000);
	wrong(text.data, 64, "this is nested too deeply");
	ct_strbuf_reset(&text);
	ct_strbuf_pad(&text, ' ', 4097);
	wrong(text.data, 4096, "it is longer than 4096 bytes");
	ct_strbuf_reset(&text);
	for (int i = 0; i < 200; i++)
		ct_strbuf_adds(&text, "tid == 1 or ");
	ct_strbuf_adds(&text, "tid == 42");
	CHECK(says(text.data));
	ct_strbuf_reset(&text);
	ct_strbuf_adds(&text, "name ~ ");
	ct_strbuf_pad(&text, 'a', 257);
	wrong(text.data, 7, "the pattern is too long");
}
