/* SPDX-License-Identifier: MIT */
/* The JSON that other programs read, held against what these programs ask for. */
#include "build.h"
#include "cttrace/render.h"
#include "test.h"

#include <jansson.h>
#include <stdlib.h>

static void render(struct ct_strbuf *out, const struct ct_model *model,
		   const char *format)
{
	struct ct_render_options options = { 0 };

	CHECK_INT(ct_render(out, ct_render_find(format), model, &options, NULL), 0);
	CHECK_INT(strlen(out->data), out->len);
}

static json_t *json_of(const struct ct_model *model, const char *format)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	json_error_t error;
	json_t *o;

	render(&out, model, format);
	o = json_loadb(out.data, out.len, JSON_REJECT_DUPLICATES, &error);
	if (!o)
		test_fail(__FILE__, __LINE__, "%s is not JSON: %s", format, error.text);
	return o;
}

static double number(const json_t *o, const char *name)
{
	CHECK(json_is_number(json_object_get(o, name)));
	return json_number_value(json_object_get(o, name));
}

static const char *string(const json_t *o, const char *name)
{
	const char *text = json_string_value(json_object_get(o, name));

	CHECK(text != NULL);
	return text;
}

/* Escapes or the characters themselves: both must say the same. */
static void check_writer(const struct ct_model *model)
{
	static const char *const formats[] = { "json", "chrome", "otlp" };

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		struct ct_render_options ascii = { .ascii = true };
		CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
		json_t *ours = json_of(model, formats[i]), *its;

		CHECK_INT(
			ct_render(&out, ct_render_find(formats[i]), model, &ascii, NULL),
			0);
		for (size_t at = 0; at < out.len; at++)
			CHECK(!(out.data[at] & 0x80));
		its = json_loadb(out.data, out.len, 0, NULL);
		CHECK(json_equal(ours, its));
		json_decref(ours);
		json_decref(its);
	}
}

TEST(json_says_the_same_with_and_without_ascii)
{
	build_each(check_writer);
}

/* -------- Chrome trace events -------- */

/*
 * Every two spans of a track: one within the other, or one after the other; in the
 * arithmetic of those who read them, which is a floating-point sum.
 */
static void check_nesting(const json_t *events)
{
	size_t i, j;
	json_t *a, *b;

	json_array_foreach (events, i, a) {
		if (strcmp(string(a, "ph"), "X") != 0)
			continue;
		json_array_foreach (events, j, b) {
			double start = number(a, "ts"), end = start + number(a, "dur");
			double from, to;

			if (j >= i)
				break;
			if (strcmp(string(b, "ph"), "X") != 0 ||
			    number(a, "pid") != number(b, "pid") ||
			    number(a, "tid") != number(b, "tid"))
				continue;
			from = number(b, "ts");
			to = from + number(b, "dur");
			CHECK(end <= from || to <= start ||
			      (start >= from && end <= to) ||
			      (from >= start && to <= end));
		}
	}
}

/* An arrow has one beginning and one end, which is not earlier. */
static void check_flows(const json_t *events)
{
	size_t i;
	json_t *e, *start = NULL;

	json_array_foreach (events, i, e) {
		const char *ph = string(e, "ph");

		CHECK(strlen(ph) == 1 && strchr("MXisf", *ph));
		CHECK(*ph == 'M' || number(e, "ts") >= 0);
		if (*ph == 's') {
			CHECK(!start);
			start = e;
		} else if (*ph == 'f') {
			CHECK(start && number(start, "id") == number(e, "id"));
			CHECK_STR(string(start, "name"), string(e, "name"));
			CHECK(number(start, "ts") <= number(e, "ts"));
			start = NULL;
		}
	}
	CHECK(!start);
}

static void check_chrome(const struct ct_model *model)
{
	json_t *o = json_of(model, "chrome");
	const json_t *events = json_object_get(o, "traceEvents");

	CHECK(json_is_array(events));
	check_nesting(events);
	check_flows(events);
	json_decref(o);
}

TEST(chrome_spans_of_a_track_never_cross)
{
	build_each(check_chrome);
}

static size_t count(const json_t *events, const char *category, const char *name)
{
	size_t n = 0, i;
	json_t *e;

	json_array_foreach (events, i, e) {
		const char *cat = json_string_value(json_object_get(e, "cat"));

		n += cat && !strcmp(cat, category) && !strcmp(string(e, "name"), name);
	}
	return n;
}

TEST(chrome_has_programs_phases_calls_and_arrows)
{
	struct build b;
	json_t *o, *events;

	build_podman(&b);
	o = json_of(&b.model, "chrome");
	events = json_object_get(o, "traceEvents");
	CHECK_INT(count(events, "program", "netavark"), 2);
	CHECK_INT(count(events, "program", "hello"), 1);
	CHECK_INT(count(events, "phase", "5 pivot_root"), 1);
	CHECK_INT(count(events, "call", "mount"), 9);
	CHECK_INT(count(events, "flow", "net"), 2);
	CHECK_INT(count(events, "flow", "cgroup"), 2);
	json_decref(o);
	build_release(&b);
}

/* -------- OTLP -------- */

static bool is_hex(const char *text, size_t len)
{
	return strlen(text) == len && strspn(text, "0123456789abcdef") == len &&
	       strspn(text, "0") < len;
}

static bool has_span(const json_t *spans, const char *trace, const char *id)
{
	size_t i;
	json_t *span;

	json_array_foreach (spans, i, span) {
		if (!strcmp(string(span, "traceId"), trace) &&
		    !strcmp(string(span, "spanId"), id))
			return true;
	}
	return false;
}

static void check_span(const json_t *span, const json_t *group, const json_t *all)
{
	const char *trace = string(span, "traceId");
	const char *parent = json_string_value(json_object_get(span, "parentSpanId"));
	long long start = strtoll(string(span, "startTimeUnixNano"), NULL, 10);
	long long end = strtoll(string(span, "endTimeUnixNano"), NULL, 10);
	size_t i;
	json_t *link;

	CHECK(is_hex(trace, 32) && is_hex(string(span, "spanId"), 16));
	CHECK(*string(span, "name"));
	CHECK(start > 0 && end >= start);
	/* a root span has none; any other's is in the same trace */
	CHECK(!parent || has_span(group, trace, parent));
	json_array_foreach (json_object_get(span, "links"), i, link) {
		CHECK(has_span(all, string(link, "traceId"), string(link, "spanId")));
	}
}

static void check_otlp(const struct ct_model *model)
{
	json_t *o = json_of(model, "otlp"), *all = json_array(), *group, *span;
	size_t i, j;

	json_array_foreach (json_object_get(o, "resourceSpans"), i, group) {
		json_t *scope = json_array_get(json_object_get(group, "scopeSpans"), 0);

		CHECK(json_is_array(json_object_get(json_object_get(group, "resource"),
						    "attributes")));
		json_array_extend(all, json_object_get(scope, "spans"));
	}
	json_array_foreach (json_object_get(o, "resourceSpans"), i, group) {
		json_t *scope = json_array_get(json_object_get(group, "scopeSpans"), 0);
		json_t *spans = json_object_get(scope, "spans");

		json_array_foreach (spans, j, span) {
			check_span(span, spans, all);
		}
	}
	json_decref(all);
	json_decref(o);
}

TEST(otlp_spans_have_identities_parents_and_times)
{
	build_each(check_otlp);
}

TEST(otlp_tells_a_failure_by_its_status)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct build b;

	build_failed(&b);
	render(&out, &b.model, "otlp");
	CHECK(strstr(out.data, "{\"code\": 2, \"message\": \"exit 126\"}"));
	CHECK(strstr(
		out.data,
		"{\"key\": \"error.type\", \"value\": {\"stringValue\": \"EPERM\"}}"));
	build_release(&b);
}
