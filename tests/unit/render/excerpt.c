/* SPDX-License-Identifier: MIT */
/* What is left of a trace that is too long for a picture: the best of it, and it says so.
 */
#include "excerpt.h"
#include "build.h"
#include "test.h"

/* A mount, files that are opened, something that failed, an end. */
static void build_long(struct build *b, size_t n_files)
{
	int process;

	build_init(b, "long");
	process = build_process(b, 0, 1, -1, CT_ROLE_RUNTIME, "crun");
	for (size_t i = 0; i < n_files; i++)
		build_call(b, process, US(10 + (int64_t)i), TAG(FILE), "openat",
			   "pathname=\"/dev/null\"");
	build_fail(b, build_call(b, process, US(5000), 0, "umount2", "target=\"/x\""), 2);
	build_call(b, process, US(6000), TAG(MOUNT), "mount", "target=\"/y\"");
	build_exit(b, process, US(7000), 0);
}

static void check_shown(const struct ct_selection *s, const size_t *events, size_t n)
{
	CHECK_INT(s->n_shown, n);
	for (size_t i = 0; i < n; i++) {
		CHECK_INT(s->shown[i], events[i]);
		CHECK(s->facts[events[i]]);
		CHECK_INT(s->places[events[i]], i);
	}
}

TEST(what_fits_is_the_model_itself)
{
	struct build b;

	build_long(&b, 10);
	CHECK(ct_excerpt(&b.model, b.model.n_facts, &b.arena) == &b.model);
	build_release(&b);
}

TEST(what_changes_something_is_shown_first)
{
	static const struct {
		size_t n, events[6];
	} rows[] = {
		{ 1, { 0 } },                   /* its birth */
		{ 3, { 0, 12, 13 } },           /* the mount, the end */
		{ 4, { 0, 11, 12, 13 } },       /* what failed */
		{ 6, { 0, 1, 2, 11, 12, 13 } }, /* of the files the first */
	};
	struct build b;

	build_long(&b, 10);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct ct_model *m = ct_excerpt(&b.model, rows[i].n, &b.arena);

		CHECK(m != &b.model);
		check_shown(m->selection, rows[i].events, rows[i].n);
		CHECK(m->selection->processes[0]);
		CHECK(strstr(m->selection->expression, "too many"));
	}
	build_release(&b);
}

TEST(what_is_referred_to_is_shown)
{
	struct ct_finding finding = { .id = "some", .event = 7 };
	const size_t events[] = { 0, 7, 12, 13 };
	const struct ct_model *m;
	struct build b;

	build_long(&b, 10);
	b.model.findings = &finding;
	b.model.n_findings = 1;
	m = ct_excerpt(&b.model, 4, &b.arena);
	check_shown(m->selection, events, 4);
	build_release(&b);
}

TEST(a_part_of_a_filtered_model_has_nothing_else)
{
	bool facts[14] = { [3] = true, [5] = true, [12] = true }, one = true;
	const struct ct_selection before = {
		.expression = "pid == 1",
		.facts = facts,
		.processes = &one,
		.n_shown = 3,
	};
	const size_t events[] = { 3, 12 };
	const struct ct_model *m;
	struct build b;

	build_long(&b, 10);
	b.model.selection = &before;
	m = ct_excerpt(&b.model, 2, &b.arena);
	check_shown(m->selection, events, 2);
	CHECK(!strncmp(m->selection->expression, "pid == 1; ", 10));
	b.model.selection = NULL;
	build_release(&b);
}
