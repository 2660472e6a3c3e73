/* SPDX-License-Identifier: MIT */
/* What is written is what is read. */
#include "fixture.h"
#include "random.h"
#include "same.h"
#include "test.h"

static void check_round_trip(const struct ct_event *events, size_t n)
{
	CT_CLEANUP_STRBUF struct ct_strbuf bytes = CT_STRBUF_INIT;
	struct ct_error err = { 0 };
	struct ct_trace *trace;

	fixture_write(&bytes, events, n, &fixture_footer);
	trace = fixture_read(bytes.data, bytes.len, &err);
	CHECK_STR(err.text, "");
	CHECK(trace && trace->complete);
	CHECK_INT(trace->n_events, n);
	CHECK_INT(trace->unknown, 0);
	check_same_header(&trace->header, &fixture_header);
	check_same_footer(&trace->footer, &fixture_footer);
	for (size_t i = 0; i < n; i++)
		check_same_event(&trace->events[i], &events[i]);
	ct_trace_free(trace);
}

TEST(every_kind_with_every_field_comes_back)
{
	size_t n;
	const struct ct_event *events = fixture_events(&n);

	check_round_trip(events, n);
}

#define BATCHES 100
#define BATCH   1000

TEST(a_hundred_thousand_random_events_come_back)
{
	static struct ct_event events[BATCH];
	struct ct_arena arena = CT_ARENA_INIT;
	struct rnd rnd = { 20240229, &arena };

	for (int batch = 0; batch < BATCHES; batch++) {
		for (int i = 0; i < BATCH; i++)
			rnd_event(&rnd, &events[i]);
		check_round_trip(events, BATCH);
		ct_arena_reset(&arena);
	}
	ct_arena_release(&arena);
}

/* "\1…\377" in every text, and "\0…\377" in the bytes of an argument. */
TEST(any_byte_in_every_string_comes_back)
{
	char all[257] = "";
	struct ct_frame frame = { all + 1, all + 1, all + 1, 0, 0 };
	struct ct_cgroup cgroup = { 0, all + 1, all + 1 };
	struct ct_state state = { .have = CT_STATE_CGROUP | CT_STATE_STATUS,
				  .of = { 1, 1 },
				  .cgroups = &cgroup,
				  .n_cgroups = 1,
				  .comm = all + 1,
				  .groups = all + 1,
				  .no_new_privs = -1,
				  .seccomp = -1,
				  .seccomp_filters = -1 };
	struct ct_arg arg = { .name = all + 1,
			      .type = CT_VALUE_STR,
			      .str = all,
			      .len = 256,
			      .text = all + 1,
			      .path = all + 1,
			      .ns_type = -1 };
	const char *argv[] = { all + 1, all + 1 };
	struct ct_event events[] = {
		{ .kind = CT_EVENT_CALL,
		  .task = { 1, 1 },
		  .dur_ns = -1,
		  .state = &state,
		  .stack = &frame,
		  .n_stack = 1,
		  .call = { .name = all + 1, .args = &arg, .n_args = 1 } },
		{ .kind = CT_EVENT_EXEC,
		  .task = { 1, 1 },
		  .dur_ns = -1,
		  .exec = { all + 1,
			    all + 1,
			    all + 1,
			    argv,
			    2,
			    false,
			    { 0, 0 },
			    .cwd = all + 1,
			    .env = argv,
			    .n_env = 2 } },
		{ .kind = CT_EVENT_NOTE, .dur_ns = -1, .note = { all + 1, 0 } },
	};

	for (int i = 0; i < 256; i++)
		all[i] = (char)i;
	check_round_trip(events, 3);
}

TEST(what_a_reader_would_refuse_is_not_written)
{
	CT_CLEANUP_STRBUF struct ct_strbuf bytes = CT_STRBUF_INIT;
	struct ct_event event = { .kind = CT_EVENT_SIGNAL,
				  .task = { -7, 1 },
				  .t_ns = -5,
				  .dur_ns = -9,
				  .signal = 1000 };
	struct ct_error err = { 0 };
	struct ct_trace *trace;

	fixture_write(&bytes, &event, 1, NULL);
	trace = fixture_read(bytes.data, bytes.len, &err);
	CHECK_STR(err.text, "");
	CHECK_INT(trace->events[0].t_ns, 0);
	CHECK_INT(trace->events[0].dur_ns, 0);
	CHECK_INT(trace->events[0].signal, 127);
	ct_trace_free(trace);
}
