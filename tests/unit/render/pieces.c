/* SPDX-License-Identifier: MIT */
/* Large pictures are handed on piece by piece, and are the same as in one piece. */
#include "cttrace/render.h"
#include "test.h"

#include <errno.h>

#define N_FACTS 20000 /* some megabytes of every format that has all events */

static const char *const formats[] = { "json", "html", "chrome" };

static struct ct_arg arg = {
	.name = "path", .type = CT_VALUE_STR, .str = "/<a>", .len = 4, .text = "\"/<a>\""
};
static const struct ct_event event = {
	.kind = CT_EVENT_CALL,
	.task = { 7, 1 },
	.dur_ns = -1,
	.call = { .name = "chdir", .args = &arg, .n_args = 1 },
};

struct pieces {
	struct ct_strbuf all;
	size_t n, largest, fail_at;
};

static int take(void *ctx, struct ct_strbuf *out, struct ct_error *err)
{
	struct pieces *pieces = ctx;

	pieces->largest = out->len > pieces->largest ? out->len : pieces->largest;
	ct_strbuf_add(&pieces->all, out->data, out->len);
	ct_strbuf_reset(out);
	return ++pieces->n == pieces->fail_at ? ct_error_set(err, ENOSPC, "full") : 0;
}

static int render(struct ct_strbuf *out, const char *format, struct pieces *pieces,
		  struct ct_error *err)
{
	static struct ct_fact facts[N_FACTS];
	const struct ct_trace_header header = { .version = 1 };
	const struct ct_model model = { .header = &header,
					.facts = facts,
					.n_facts = N_FACTS };
	const struct ct_render_options options = { .drain = pieces ? take : NULL,
						   .drain_ctx = pieces };

	for (size_t i = 0; i < N_FACTS; i++)
		facts[i] = (struct ct_fact){
			.event = &event, .process = -1, .container = -1, .cgroup = -1
		};
	return ct_render(out, ct_render_find(format), &model, &options, err);
}

TEST(pieces_are_the_whole)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf whole = CT_STRBUF_INIT;
		CT_CLEANUP_STRBUF struct ct_strbuf rest = CT_STRBUF_INIT;
		struct pieces pieces = { .all = CT_STRBUF_INIT };

		CHECK_INT(render(&whole, formats[i], NULL, NULL), 0);
		CHECK_INT(render(&rest, formats[i], &pieces, NULL), 0);
		CHECK(pieces.n >= 2);
		CHECK(pieces.largest < whole.len / 2);
		ct_strbuf_add(&pieces.all, rest.data, rest.len);
		CHECK_STR(pieces.all.data, whole.data);
		ct_strbuf_release(&pieces.all);
	}
}

TEST(what_is_wrong_with_a_piece_is_said_and_nothing_follows)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf rest = CT_STRBUF_INIT;
		struct pieces pieces = { .all = CT_STRBUF_INIT, .fail_at = 1 };
		struct ct_error err = { 0 };

		CHECK_INT(render(&rest, formats[i], &pieces, &err), -ENOSPC);
		CHECK_STR(err.text, "full");
		CHECK_INT(pieces.n, 1);
		ct_strbuf_release(&pieces.all);
	}
}
