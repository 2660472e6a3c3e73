/* SPDX-License-Identifier: MIT */
/* Go programs: their own tables name every frame, however they are stripped. */
#include "snapshot.h"

#include "test.h"

#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What is looked for, and what was found. */
struct search {
	struct ct_stack *stack;
	const char *wanted; /* a function that has to be on the stack */
	struct ct_arena arena;
	struct ct_frame *frames;
	size_t n, at; /* frames[at] is the wanted one */
};

static bool has_wanted(const struct stopped *stopped, void *ctx)
{
	struct search *s = ctx;

	ct_arena_reset(&s->arena);
	ct_stack_add_maps(s->stack, 1, stopped->pid, stopped->maps.data,
			  stopped->maps.len);
	s->n = ct_stack_unwind(s->stack, 1, &stopped->snapshot, &s->frames, &s->arena);
	s->at = 0;
	while (s->at < s->n && strcmp(s->frames[s->at].symbol, s->wanted) != 0)
		s->at++;
	return s->at < s->n;
}

static void search_release(struct search *s)
{
	ct_arena_release(&s->arena);
	ct_stack_free(s->stack);
}

/* Stops argv in a call of number nr that the wanted function leads to. */
static void search(struct search *s, const char *const *argv, long nr)
{
	struct run run = { .argv = argv, .nr = nr, .matches = has_wanted, .ctx = s };
	struct stopped stopped;

	s->stack = ct_stack_new();
	stop_at(&stopped, &run);
	stopped_release(&stopped);
}

static bool ends_with_line(const char *source)
{
	size_t digits = 0, len = strlen(source);

	while (digits < len && strchr("0123456789", source[len - digits - 1]))
		digits++;
	source += len - digits;
	return digits &&
	       (!strncmp(source - 4, ".go:", 4) || !strncmp(source - 3, ".s:", 3));
}

/*
 * Debian's programs are stripped, and their .dynsym holds only what C code may call: the
 * nearest of those names is what a careless tracer shows for everything.
 */
static void check_stripped(const char *program)
{
	const char *const argv[] = { program, "--version", NULL };
	struct search s = { .wanted = "main.main" };

	if (access(program, X_OK)) {
		printf("%s is not installed: not tested\n", program);
		return;
	}
	search(&s, argv, SYS_write);
	CHECK_INT(s.at, s.n - 3);
	CHECK_STR(s.frames[s.n - 2].symbol, "runtime.main");
	CHECK_STR(s.frames[s.n - 1].symbol, "runtime.goexit");
	for (size_t i = 0; i < s.n; i++) {
		CHECK(*s.frames[i].symbol && ends_with_line(s.frames[i].source));
		CHECK(!strstr(s.frames[i].symbol, "_cgoexp"));
	}
	search_release(&s);
}

TEST(go_runc)
{
	check_stripped("/usr/sbin/runc");
}

TEST(go_podman)
{
	check_stripped("/usr/bin/podman");
}

#ifdef HAVE_GO
/* fixtures/chain.go: the lines are those of its calls. */
static void check_chain(const char *path)
{
	static const struct {
		const char *symbol, *source;
	} chain[] = {
		{ "main.inner", "/chain.go:14" },
		{ "main.(*chain).middle", "/chain.go:20" },
		{ "main.outer", "/chain.go:25" },
		{ "main.main", "/chain.go:29" },
		{ "runtime.main", NULL },
		{ "runtime.goexit", NULL },
	};
	const char *const argv[] = { path, NULL };
	struct search s = { .wanted = "main.inner" };

	search(&s, argv, SYS_getppid);
	for (size_t i = 0; i < sizeof(chain) / sizeof(*chain); i++) {
		const struct ct_frame *frame = &s.frames[s.at + i];
		const char *slash = strrchr(frame->source, '/');

		CHECK(s.at + i < s.n);
		CHECK_STR(frame->symbol, chain[i].symbol);
		if (chain[i].source)
			CHECK_STR(slash, chain[i].source);
	}
	CHECK_INT(s.n, s.at + sizeof(chain) / sizeof(*chain));
	search_release(&s);
}

TEST(go_static)
{
	check_chain(CT_FIXTURES "/go");
}

TEST(go_static_stripped)
{
	check_chain(CT_FIXTURES "/go_stripped");
}

TEST(go_position_independent_stripped)
{
	check_chain(CT_FIXTURES "/go_pie");
}

TEST(go_linked_by_the_c_linker_stripped)
{
	check_chain(CT_FIXTURES "/go_external");
}

TEST(go_without_section_headers)
{
	check_chain(CT_FIXTURES "/go_sectionless");
}
#endif
