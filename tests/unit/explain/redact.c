/* SPDX-License-Identifier: MIT */
/* What must not be in a trace that is shared. */
#include "cttrace/redact.h"

#include "explain/redact.h"
#include "scene.h"
#include "test.h"

#include <errno.h>

static const char *apply(struct redactor *r, const char *text)
{
	size_t len = strlen(text);

	return redactor_apply(r, text, &len);
}

TEST(the_same_name_becomes_the_same_word)
{
	static const char *const argv[] = { "/usr/bin/podman", "run",
					    "--db-password",   "hunter2",
					    "--token=abcdef",  "-p",
					    "8080:80",         "quay.io/me/app:1" };
	struct ct_arena arena = CT_ARENA_INIT;
	struct redactor r = { .arena = &arena };

	redactor_learn_host(&r, "build7");
	redactor_learn_command(&r, argv, sizeof(argv) / sizeof(*argv));
	redactor_learn_homes(&r, "x /home/alice/r:/home/bob", 25);
	CHECK_STR(apply(&r, "on build7: hunter2 abcdef"), "on host-1: secret-1 secret-2");
	CHECK_STR(apply(&r, "/home/alice/x /home/bob/y alice"),
		  "/home/user-1/x /home/user-2/y user-1");
	CHECK_STR(apply(&r, "pull quay.io/me/app:1 again"), "pull image-1 again");
	CHECK_STR(apply(&r, "build70 hunter22 malice 8080:80"),
		  "build70 hunter22 malice 8080:80");
	redactor_release(&r);
	ct_arena_release(&arena);
}

TEST(values_of_variables_are_hidden)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct redactor r = { .arena = &arena };

	CHECK_STR(apply(&r, "DB_PASS=a b c"), "DB_PASS=<redacted>");
	CHECK_STR(apply(&r, "{\"env\":[\"KEY=1,2\",\"X9=z\"]}"),
		  "{\"env\":[\"KEY=<redacted>\",\"X9=<redacted>\"]}");
	CHECK_STR(apply(&r, "size=65536k,mode=755"), "size=65536k,mode=755");
	CHECK_STR(apply(&r, "https://me:pw@host/x"), "https://<redacted>@host/x");
	CHECK_STR(apply(&r, "https://host/x@y:z"), "https://host/x@y:z");
	CHECK_STR(apply(&r, ""), "");
	CHECK_STR(apply(&r, "="), "=");
	redactor_release(&r);
	ct_arena_release(&arena);
}

static const char *config(struct redactor *r, const char *text)
{
	size_t len = strlen(text);

	redactor_learn_config(r, text, len);
	return redactor_config(r, text, &len);
}

TEST(a_configuration_keeps_its_shape_without_what_is_private)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct redactor r = { .arena = &arena };

	CHECK_STR(config(&r,
			 "{ \"process\": {\"env\": [\"a=it's \\\"quoted\\\" here\", "
			 "\"plain\"], \"args\": [\"x\", \"--password\", \"hunter2\"]},"
			 "\"root\": \"/home/alice/hunter2\", \"n\": [1, true, null]}"),
		  "{\"process\":{\"env\":[\"a=<redacted>\",\"<redacted>\"],"
		  "\"args\":[\"x\",\"--password\",\"secret-1\"]},"
		  "\"root\":\"/home/user-1/secret-1\",\"n\":[1,true,null]}");
	CHECK_STR(config(&r, "{\"process\": {\"env\": [\"TOKEN=abc"), "<redacted>");
	redactor_release(&r);
	ct_arena_release(&arena);
}

TEST(nothing_of_it_is_left_in_a_trace)
{
	struct scene *s = scene_new();
	struct ct_event *event;

	const char *env[] = { "TOKEN=hunter2", "odd" };

	s->trace.header.hostname = "build7";
	scene_root(s, 100, "/home/alice/bin/crun");
	s->trace.events[1].exec.cwd = "/home/alice";
	s->trace.events[1].exec.env = env;
	s->trace.events[1].exec.n_env = 2;
	event = scene_call(s, 100, "openat", 2, "/home/alice/rootfs");
	scene_say(s, 100,
		  "open `/home/alice/rootfs` on build7: No such file or directory");
	scene_exit(s, 100, 1);
	ct_redact(&s->trace);
	CHECK_STR(event->call.args[0].path, "/home/user-1/rootfs");
	CHECK_STR(event->call.args[0].text, "\"/home/user-1/rootfs\"");
	CHECK_STR(s->trace.header.hostname, "host-1");
	CHECK_STR(s->trace.events[1].exec.path, "/home/user-1/bin/crun");
	CHECK_STR(s->trace.events[1].exec.cwd, "/home/user-1");
	CHECK_STR(s->trace.events[1].exec.env[0], "TOKEN=<redacted>");
	CHECK_STR(s->trace.events[1].exec.env[1], "<redacted>");
	/* and the explanation is the same one */
	CHECK_STR(scene_diagnose(s)->signature, "path-missing");
	CHECK(strstr(scene_remark(s, "said"), "/home/user-1/rootfs` on host-1"));
	scene_free(s);
}

/* Names in what was seen at the stop, too, and that nobody else names. */
TEST(nothing_of_it_is_left_in_any_format)
{
	struct ct_mountinfo mount = { .root = "/home/carol/disk",
				      .target = "/home/bob",
				      .options = "rw",
				      .type = "ext4",
				      .source = "/home/carol/disk",
				      .fs_options = "rw" };
	struct ct_circumstances circumstances = { .mount = &mount, .userns_uid = -1 };
	struct ct_program program = { .mode = 0100755,
				      .interpreter = "/home/dave/bin/sh",
				      .interpreter_error = 2,
				      .head = "#!/home/dave/bin/sh\n",
				      .n_head = 20 };
	struct ct_frame frame = { .module = "/home/erin/crun",
				  .symbol = "",
				  .source = "/home/erin/main.c:1" };
	struct scene *s = scene_new();
	struct ct_event *event;

	s->trace.header.hostname = "build7";
	scene_root(s, 100, "/usr/bin/crun");
	event = scene_call(s, 100, "execve", EACCES, "/home/bob/program");
	event->circumstances = &circumstances;
	event->program = &program;
	event->stack = &frame;
	event->n_stack = 1;
	scene_say(s, 100, "exec `/home/bob/program` on build7: Permission denied");
	scene_exit(s, 100, 1);
	ct_redact(&s->trace);
	scene_diagnose(s);
	for (int i = 0; ct_explain_formats[i]; i++) {
		static const char *const names[] = { "bob", "carol", "dave", "erin",
						     "build7" };
		static const struct ct_render_options look = { .width = 100,
							       .verbose = 2 };
		CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;

		ct_explain_formats[i]->write(&out, s->diagnosis, s->model, &look);
		CHECK(strstr(out.data, "user-"));
		for (size_t n = 0; n < sizeof(names) / sizeof(*names); n++)
			CHECK_STR(strstr(out.data, names[n]) ? names[n] : "", "");
	}
	scene_free(s);
}
