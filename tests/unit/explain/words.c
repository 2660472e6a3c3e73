/* SPDX-License-Identifier: MIT */
/* What is found in a message. */
#include "explain/words.h"

#include "test.h"

#include <errno.h>

static struct ct_arena arena = CT_ARENA_INIT;

static bool names(const struct words *words, const char *name)
{
	for (size_t i = 0; i < words->n_names; i++)
		if (!strcmp(words->names[i], name))
			return true;
	return false;
}

TEST(an_errno_is_known_by_its_text_in_any_case)
{
	static const struct {
		const char *text;
		int error;
	} rows[] = {
		{ "mount `none` to `data`: No such device", ENODEV },
		{ "mount none:/data: no such device", ENODEV },
		{ "open /dev/tty: No such device or address", ENXIO },
		{ "write: EINVAL", EINVAL },
		{ "crun: setrlimit: Operation not permitted", EPERM },
		{ "fork/exec /x: resource temporarily unavailable", EAGAIN },
		{ "the image was not found", ENOENT },
		{ "exit status 1", 0 },
		{ "can't get final child's PID from pipe: EOF", 0 },
		{ "", 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		CHECK_INT(words_of(rows[i].text, &arena).first_error, rows[i].error);
	ct_arena_release(&arena);
}

TEST(two_errors_in_one_message_are_both_known)
{
	struct words words =
		words_of("Operation not permitted: permission denied", &arena);

	CHECK_INT(words.first_error, EPERM);
	CHECK(words.errors[EPERM] && words.errors[EACCES] && !words.errors[ENOENT]);
	ct_arena_release(&arena);
}

TEST(names_are_what_is_quoted_paths_and_constants)
{
	struct words words =
		words_of("error mounting \"none\" to rootfs at \"/data\": mount "
			 "src:/dst (via /proc/self/fd/6), flags: MS_BIND, can't do it",
			 &arena);

	CHECK(names(&words, "none"));
	CHECK(names(&words, "/data"));
	CHECK(names(&words, "/dst"));
	CHECK(names(&words, "/proc/self/fd/6"));
	CHECK(names(&words, "MS_BIND"));
	CHECK(!names(&words, "mounting"));
	CHECK(!names(&words, "t do it"));
	ct_arena_release(&arena);
}

TEST(words_in_common_are_counted_in_a_row)
{
	struct words a = words_of("mount `none` to `data`: No such device", &arena);
	struct words b = words_of(
		"Error: crun: mount `none` to `data`: No such device: OCI", &arena);
	struct words c = words_of("device no to mount", &arena);

	CHECK_INT(words_in_common(&a, &b), 7);
	CHECK_INT(words_in_common(&b, &a), 7);
	CHECK_INT(words_in_common(&a, &c), 1);
	ct_arena_release(&arena);
}

TEST(a_complaint_needs_no_errno)
{
	CHECK(words_of("can't get final child's PID from pipe: EOF", &arena).complains);
	CHECK(words_of("unable to start", &arena).complains);
	CHECK(!words_of("pulling image", &arena).complains);
	ct_arena_release(&arena);
}
