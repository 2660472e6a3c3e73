/* SPDX-License-Identifier: MIT */
/* What processes write to stderr: a line is a line, however many writes made it. */
#include "build.h"
#include "cttrace/render.h"
#include "test.h"

TEST(a_line_that_is_written_in_pieces_is_one_line)
{
	static const char *const writes[] = { "\n",       "ls: ", "cannot read",
					      ": why?\n", "\n",   "\nbye\n" };
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;
	struct ct_render_options options = { .view = "timeline", .width = 100 };
	struct build b;
	int ls;

	build_init(&b, "ls");
	ls = build_process(&b, 0, 812, -1, CT_ROLE_UNKNOWN, "ls");
	build_exec(&b, ls, US(300), "/usr/bin/ls", "ls");
	for (int i = 0; i < 6; i++) {
		size_t event = build_call(&b, ls, US(1000 + i), TAG(MESSAGE), "write",
					  "fd=2|buf=\"\"|count=1");
		struct ct_event *e = (struct ct_event *)b.model.facts[event].event;

		e->call.args[1].type = CT_VALUE_STR;
		e->call.args[1].str = writes[i];
		e->call.args[1].len = strlen(writes[i]);
	}
	build_exit(&b, ls, US(1900), 0);
	CHECK(!ct_render(&got, ct_render_find("ascii"), &b.model, &options, NULL));
	CHECK(strstr(got.data, "says ls: cannot read: why?\n"));
	CHECK(strstr(got.data, "says bye\n"));
	/* empty lines around them say nothing */
	CHECK(!strstr(got.data, "says \n") && !strstr(got.data, "says\n"));
	build_release(&b);
}

TEST(a_reason_that_was_told_is_not_told_again)
{
	CT_CLEANUP_STRBUF struct ct_strbuf alone = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf after = CT_STRBUF_INIT;
	struct ct_render_options options = { .width = 100 };
	struct ct_finding findings[] = {
		{ .id = "exit-nonzero",
		  .severity = "error",
		  .title = "it ended so",
		  .event = -1 },
		{ .id = "gap",
		  .severity = "warning",
		  .title = "some were lost",
		  .event = -1 },
	};
	struct build b;

	build_init(&b, "ls");
	build_exit(&b, build_process(&b, 0, 812, -1, CT_ROLE_UNKNOWN, "ls"), US(9), 1);
	b.model.findings = findings;
	b.model.n_findings = 2;
	CHECK(!ct_render(&alone, ct_render_find("ascii"), &b.model, &options, NULL));
	options.explained = true;
	CHECK(!ct_render(&after, ct_render_find("ascii"), &b.model, &options, NULL));
	CHECK(strstr(alone.data, "it ended so") && strstr(alone.data, "some were lost"));
	CHECK(!strstr(after.data, "it ended so") && strstr(after.data, "some were lost"));
	b.model.findings = NULL;
	b.model.n_findings = 0;
	build_release(&b);
}

TEST(what_a_message_takes_along_is_a_step_of_its_own)
{
	static const char *passed[] = { "/dev/pts/ptmx", "anon_inode:seccomp notify",
					"/tmp/\033[31m" };
	struct ct_peer conmon = { .pid = 31573, .exe = "/usr/bin/conmon" };
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;
	struct ct_render_options options = { .view = "timeline", .width = 100 };
	struct ct_event *e;
	struct build b;
	size_t event;
	int ls;

	build_init(&b, "ls");
	ls = build_process(&b, 0, 812, -1, CT_ROLE_UNKNOWN, "ls");
	build_exec(&b, ls, US(300), "/usr/bin/ls", "ls");
	event = build_call(&b, ls, US(1000), 0, "sendmsg", "sockfd=5");
	e = (struct ct_event *)b.model.facts[event].event;
	e->passed = passed;
	e->n_passed = 3;
	e->peer = &conmon;
	build_exit(&b, ls, US(1900), 0);
	CHECK(!ct_render(&got, ct_render_find("ascii"), &b.model, &options, NULL));
	CHECK(strstr(got.data, "⇢ passes /dev/pts/ptmx, seccomp notify, /tmp/"));
	CHECK(strstr(got.data, " to conmon 31573\n"));
	CHECK(!strchr(got.data, '\033'));
	build_release(&b);
}
