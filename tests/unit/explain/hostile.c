/* SPDX-License-Identifier: MIT */
/* Whatever a trace says, it is explained, escaped, and in time. */
#include "scene.h"
#include "test.h"

#include <errno.h>
#include <stdlib.h>

static void write_all(const struct scene *s, struct ct_strbuf *out)
{
	static const struct ct_render_options look = { .width = 80, .verbose = 1 };

	for (int i = 0; ct_explain_formats[i]; i++)
		ct_explain_formats[i]->write(out, s->diagnosis, s->model, &look);
}

TEST(control_characters_do_not_reach_the_terminal)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/\x1b[31mcrun");
	scene_call(s, 100, "openat", ENOENT, "/a\x1b]0;x\x07/\xff/**b**");
	scene_say(s, 100,
		  "open `/a\x1b]0;x\x07/\xff/**b**`: No such file or directory\r\n");
	scene_exit(s, 100, 1);
	scene_diagnose(s);
	write_all(s, &out);
	for (size_t i = 0; i < out.len; i++)
		CHECK((unsigned char)out.data[i] >= ' ' || out.data[i] == '\n');
	scene_free(s);
}

/* A seeded walk: bytes of any kind in messages and arguments. */
TEST(random_messages_are_explained)
{
	static const char *const calls[] = { "mount", "write", "execve", "openat",
					     "clone" };
	unsigned int seed = 1;

	for (int round = 0; round < 50; round++) {
		CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
		struct scene *s = scene_new();
		char bytes[8][64];

		scene_root(s, 100, "/x");
		for (int i = 0; i < 8; i++) {
			for (size_t b = 0; b < sizeof(bytes[i]); b++)
				bytes[i][b] =
					(char)(rand_r(&seed) % 4
						       ? "`\"'=:/\\{}E no"[rand_r(&seed) %
									   13]
						       : rand_r(&seed));
			bytes[i][sizeof(bytes[i]) - 1] = '\0';
			scene_call(s, 100, calls[i % 5], rand_r(&seed) % 140, bytes[i]);
			scene_write(s, 100, i % 2 ? 2 : 7, i % 2 ? NULL : "pipe:[1]",
				    bytes[i], sizeof(bytes[i]));
		}
		scene_exit(s, 100, 1);
		scene_diagnose(s);
		write_all(s, &out);
		CHECK(out.len > 0);
		scene_free(s);
	}
}

TEST(a_flood_of_messages_is_explained_in_time)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/x");
	for (int i = 0; i < 120; i++) {
		scene_call(s, 100, "mount", EACCES, "/a|/b");
		scene_say(s, 100,
			  "error: cannot mount /a to /b: permission denied, no, really "
			  "not, "
			  "for it is not allowed here by anybody, and never was");
	}
	scene_exit(s, 100, 1);
	CHECK(scene_diagnose(s)->n_candidates > 0);
	scene_free(s);
}
