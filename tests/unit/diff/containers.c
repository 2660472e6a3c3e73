/* SPDX-License-Identifier: MIT */
/* Several containers in a start: which is which in the other one. */
#include "scene.h"
#include "test.h"

#include <string.h>

#define MADE_UP(digit) \
	digit digit digit digit digit digit digit digit digit digit digit digit
#define FIRST(id, program)  "1 fork 10\n" SCENE_RUN("10", "11", id, "70", "2", program)
#define SECOND(id, program) "1 fork 20\n" SCENE_RUN("20", "21", id, "80", "2", program)

/* The counterpart's index of each of A's containers: "1 0"; '-': it has none. */
static const char *pairs_of(const struct scene *s, char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < s->diff->n_containers; i++) {
		const struct ct_diff_container *c = &s->diff->containers[i];

		if (c->container[CT_DIFF_A] < 0)
			continue;
		if (len)
			out[len++] = ' ';
		out[len++] = c->container[CT_DIFF_B] < 0
				     ? '-'
				     : (char)('0' + c->container[CT_DIFF_B]);
	}
	out[len] = '\0';
	return out;
}

static void check_pairs(const char *a, const char *b, const char *want)
{
	struct scene s = scene_of(a, b);
	char got[16];

	CHECK_STR(pairs_of(&s, got), want);
	scene_end(&s);
}

TEST(containers_of_one_name_are_counterparts_whatever_they_run)
{
	check_pairs("1 root\n" FIRST("web", "/a") SECOND("db", "/b"),
		    "1 root\n" FIRST("db", "/a") SECOND("web", "/b"), "1 0");
}

TEST(where_ids_are_made_up_what_they_run_says_who_is_who)
{
	check_pairs("1 root\n" FIRST(MADE_UP("a"), "/a") SECOND(MADE_UP("b"), "/b"),
		    "1 root\n" FIRST(MADE_UP("c"), "/b") SECOND(MADE_UP("d"), "/a"),
		    "1 0");
	check_pairs("1 root\n" FIRST(MADE_UP("a"), "/a") SECOND(MADE_UP("b"), "/b"),
		    "1 root\n" FIRST(MADE_UP("c"), "/b"), "- 0");
}

TEST(what_is_alike_in_nothing_is_paired_in_order)
{
	check_pairs("1 root\n" FIRST(MADE_UP("a"), "/a") SECOND(MADE_UP("b"), "/b"),
		    "1 root\n" FIRST(MADE_UP("c"), "/c") SECOND(MADE_UP("d"), "/d"),
		    "0 1");
	check_pairs("1 root\n" FIRST(MADE_UP("a"), "/a") SECOND(MADE_UP("b"), "/a"),
		    "1 root\n" FIRST(MADE_UP("c"), "/a") SECOND(MADE_UP("d"), "/a"),
		    "0 1");
}

TEST(the_one_that_is_missing_is_told)
{
	struct scene s =
		scene_of("1 root\n" FIRST(MADE_UP("a"), "/a") SECOND(MADE_UP("b"), "/b"),
			 "1 root\n" FIRST(MADE_UP("c"), "/b"));
	const struct ct_diff_aspect *containers = scene_aspect(&s, "containers");

	CHECK_INT(containers->n_items, 1);
	CHECK_STR(containers->items[0].name, "container 1");
	CHECK_STR(containers->items[0].value[CT_DIFF_A], "aaaaaaaaaaaa: /a");
	CHECK(!containers->items[0].value[CT_DIFF_B]);
	scene_end(&s);
}

TEST(who_builds_them_follows_them)
{
	struct scene s = scene_of("1 root\n" FIRST("web", "/a") SECOND("db", "/b"),
				  "1 root\n" FIRST("db", "/b") SECOND("web", "/a"));

	CHECK_INT(scene_steps(&s, CT_DIFF_ONLY_A), 0);
	CHECK_INT(scene_steps(&s, CT_DIFF_ONLY_B), 0);
	CHECK_INT(scene_steps(&s, CT_DIFF_RESULT), 0);
	CHECK_INT(scene_aspect(&s, "program")->n_items, 0);
	scene_end(&s);
}

TEST(what_is_the_same_in_all_containers_is_named_once)
{
	static const char *const names[] = { "a", "b" };
	struct ct_render_options look = { .width = 200 };
	struct scene s = scene_of("1 root\n" FIRST("web", "/a") SECOND("db", "/b"),
				  "1 root\n" FIRST("web", "/a") SECOND("db", "/c"));
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;

	ct_diff_formats[0]->write(&out, s.diff, names, &look);
	CHECK(strstr(out.data, ", namespaces, ") != NULL);
	CHECK(strstr(out.data, "namespaces (1)") == NULL);
	/* where they differ it is said of which one */
	CHECK(strstr(out.data, "program (2)") != NULL);
	CHECK(strstr(out.data, "program (1)") != NULL);
	scene_end(&s);
}
