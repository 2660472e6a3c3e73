/* SPDX-License-Identifier: MIT */
/* The timeline while it is made: lanes, names and words, line by line. */
#include "render/live.h"
#include "build.h"
#include "cells.h"
#include "cttrace/trace.h"
#include "test.h"

#include <string.h>

#define SAMPLES CT_SOURCE_DIR "/samples/traces/"
#define UNSHARE CT_SOURCE_DIR "/tests/golden/model/unshare-fork/trace.jsonl"

/* `bound`: 0 for the usual one. */
static void draw(struct ct_strbuf *out, const struct ct_trace *trace,
		 const struct ct_render_options *options, size_t bound)
{
	struct ct_live *live = ct_live_new(&trace->header, options);

	if (bound)
		ct_live_bound(live, bound);
	for (size_t i = 0; i < trace->n_events; i++)
		ct_live_feed(live, &trace->events[i], true, out);
	ct_live_free(live);
}

static struct ct_trace *open_sample(const char *path)
{
	struct ct_error err = { 0 };
	struct ct_trace *trace = ct_trace_open(path, &err);

	if (!trace)
		test_fail(__FILE__, __LINE__, "%s", err.text);
	return trace;
}

/* Times, lanes and names: all that stands before the words of a line. */
static void compare_lanes(const char *got, const char *want)
{
	size_t lines = 0;

	for (; *got && *want; lines++) {
		const char *end = strchr(got, '\n'), *wanted = strchr(want, '\n');
		size_t len = ct_cells_prefix(got, (size_t)(end - got), 40);

		if (strncmp(got, want, len) != 0)
			test_fail(__FILE__, __LINE__, "got    %.*s\nwanted %.*s",
				  (int)(end - got), got, (int)(wanted - want), want);
		got = end + 1;
		want = wanted + 1;
	}
	CHECK(lines > 300 && !*got && !*want);
}

TEST(what_is_over_is_forgotten_and_who_lives_is_not)
{
	static const struct ct_render_options options = { .width = 120 };
	CT_CLEANUP_STRBUF struct ct_strbuf whole = CT_STRBUF_INIT,
					   bounded = CT_STRBUF_INIT;
	struct ct_trace *trace = open_sample(SAMPLES "podman-bridge.jsonl");

	draw(&whole, trace, &options, 0);
	draw(&bounded, trace, &options, 40);
	compare_lanes(bounded.data, whole.data);
	ct_trace_free(trace);
}

TEST(what_is_not_shown_still_has_a_place)
{
	static const struct ct_render_options options = { .width = 80 };
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct ct_trace *trace = open_sample(UNSHARE);
	struct ct_live *live = ct_live_new(&trace->header, &options);

	for (size_t i = 0; i < trace->n_events; i++)
		ct_live_feed(live, &trace->events[i],
			     trace->events[i].kind == CT_EVENT_EXIT, &out);
	CHECK_STR(out.data, "  4.066  ├─ init 14051 → 1                 exit 0\n"
			    "  4.562  unshare 14048                     exit 0\n");
	ct_live_free(live);
	ct_trace_free(trace);
}

/* Nothing that steers the screen, whatever the trace says. */
static void check_lines(const struct ct_model *model)
{
	static const struct ct_render_options looks[] = { { .width = 80 },
							  { .width = 40, .ascii = true },
							  { .width = 200,
							    .verbose = 2 } };

	for (size_t i = 0; i < sizeof(looks) / sizeof(*looks); i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
		struct ct_live *live = ct_live_new(model->header, &looks[i]);

		for (size_t j = 0; j < model->n_facts; j++)
			ct_live_feed(live, model->facts[j].event, true, &out);
		ct_live_free(live);
		CHECK(out.len > 0);
		for (size_t at = 0; at < out.len; at++) {
			unsigned char c = (unsigned char)out.data[at];

			CHECK(c == '\n' || (c >= 0x20 && c != 0x7f));
			CHECK(!looks[i].ascii || c < 0x80);
		}
	}
}

TEST(no_line_steers_the_terminal)
{
	build_each(check_lines);
}
