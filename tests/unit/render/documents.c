/* SPDX-License-Identifier: MIT */
/* Mermaid and Markdown: no name in a trace is markup, and Mermaid's parser agrees. */
#include "build.h"
#include "cttrace/render.h"
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

static void render(struct ct_strbuf *out, const struct ct_model *model,
		   const char *format, const char *view)
{
	struct ct_render_options options = { .view = view };

	CHECK_INT(ct_render(out, ct_render_find(format), model, &options, NULL), 0);
	CHECK_INT(strlen(out->data), out->len);
}

enum { SKIPPED = 77 };

/* Asks Mermaid's own parser; gives back its exit status. */
static int ask_mermaid(const char *diagram, size_t len)
{
	static const char command[] =
		"node '" CT_SOURCE_DIR "/tests/unit/render/mermaid.mjs' 2>&1";
	FILE *node = popen(command, "we");
	int status;

	CHECK(node != NULL);
	fwrite(diagram, 1, len, node);
	status = pclose(node);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void check_mermaid(const struct ct_model *model)
{
	static const char *const views[] = { "sequence", "gantt" };

	for (size_t i = 0; i < sizeof(views) / sizeof(*views); i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
		int status;

		render(&out, model, "mermaid", views[i]);
		/* nothing that a trace said may be more than text */
		for (const char *at = out.data; (at = strpbrk(at, "<\"`{}")); at++)
			CHECK(!strncmp(at, "<br/>", 5));
		status = ask_mermaid(out.data, out.len);
		if (status && status != SKIPPED && status != 127)
			test_fail(__FILE__, __LINE__, "Mermaid refuses\n%s", out.data);
	}
}

TEST(mermaid_reads_the_diagrams)
{
	struct build b;

	/* a broken pipe is how a missing node shows */
	signal(SIGPIPE, SIG_IGN);
	if (ask_mermaid("sequenceDiagram\n", 16))
		printf("# skipped in part: no node, or no mermaid and jsdom for it\n");
	build_hostile(&b);
	check_mermaid(&b.model);
	build_release(&b);
	build_podman(&b);
	check_mermaid(&b.model);
	build_release(&b);
	build_random(&b, 3);
	check_mermaid(&b.model);
	build_release(&b);
}

/* Mermaid refuses more than 50,000 characters, and so does who shows its diagrams. */
TEST(mermaid_gets_the_beginning_of_a_long_story)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct build b;

	build_init(&b, "sh -c 'for each start'");
	build_process(&b, 0, 1, -1, CT_ROLE_ENGINE, "sh");
	for (int i = 0; i < 2000; i++) {
		int runtime =
			build_process(&b, US(20 * (i + 1)), 2 + i, 0, CT_ROLE_RUNTIME,
				      ct_arena_printf(&b.arena, "crun%d", i));

		build_call(&b, runtime, US(20 * (i + 1) + 10), TAG(MOUNT), "mount",
			   "target=\"/y\"");
		build_container(&b, ct_arena_printf(&b.arena, "c%d", i), runtime);
	}
	render(&out, &b.model, "mermaid", "sequence");
	CHECK(out.len > 5000 && out.len < 50000);
	CHECK(strstr(out.data, " further steps, "));
	CHECK(strstr(out.data, " further processes\n"));
	check_mermaid(&b.model);
	build_release(&b);
}

/* As many cells in each row of a table as in its heading. */
static void check_tables(const struct ct_model *model)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	size_t cells = 0;

	render(&out, model, "markdown", NULL);
	for (const char *line = out.data; *line; line += strcspn(line, "\n") + 1) {
		size_t len = strcspn(line, "\n"), n = 0;

		for (size_t i = 0; i < len; i++) {
			i += line[i] == '\\';
			n += line[i] == '|' && line[i - (i > 0)] != '\\';
		}
		if (*line != '|')
			cells = 0;
		else if (!cells)
			cells = n;
		else
			CHECK_INT(n, cells);
		CHECK(!memmem(line, len, "<script", 7));
	}
}

TEST(markdown_tables_are_not_broken_by_names)
{
	build_each(check_tables);
}

static size_t count(const char *text, const char *word)
{
	size_t n = 0;

	for (; (text = strstr(text, word)); text += strlen(word))
		n++;
	return n;
}

/* A process that makes `n` namespaces, one after the other. */
static void build_maker(struct build *b, int n)
{
	int maker;

	build_init(b, "maker");
	maker = build_process(b, 0, 10, -1, CT_ROLE_UNKNOWN, "maker");
	build_exec(b, maker, US(10), "/bin/maker", "maker");
	for (int i = 0; i < n; i++) {
		size_t event = build_call(b, maker, US(100 * (i + 1)), TAG(NAMESPACE),
					  "unshare", "flags=1");

		build_ns(b, maker, event,
			 (struct ct_ns_change){ .type = CT_NS_NET,
						.how = CT_NS_UNSHARE,
						.from = 1000 + (uint64_t)i,
						.to = 1001 + (uint64_t)i });
	}
}

TEST(a_graph_says_how_many_namespaces_it_leaves_out)
{
	for (int n = 60; n <= 75; n += 15) {
		CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
		struct build b;

		build_maker(&b, n);
		render(&out, &b.model, "dot", "namespaces");
		CHECK_INT(count(out.data, "shape=ellipse"), 60);
		CHECK_INT(count(out.data, "15 changes to more namespaces are not drawn"),
			  n > 60);
		build_release(&b);
	}
}

/* A process that starts `n` runtimes: none of them is a mere helper. */
static void build_starter(struct build *b, int n)
{
	build_init(b, "starter");
	build_process(b, 0, 10, -1, CT_ROLE_ENGINE, "starter");
	build_exec(b, 0, US(10), "/bin/starter", "starter");
	for (int i = 0; i < n; i++) {
		char name[32];
		int child;

		snprintf(name, sizeof(name), "runtime-%d", i);
		child = build_process(b, US(100 + i), 100 + i, 0, CT_ROLE_RUNTIME, name);
		build_exec(b, child, US(100 + i), name, name);
	}
}

TEST(a_graph_says_how_many_processes_it_leaves_out)
{
	for (int n = 299; n <= 320; n += 21) {
		CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT,
						   gantt = CT_STRBUF_INIT;
		struct build b;

		build_starter(&b, n);
		render(&out, &b.model, "dot", "processes");
		CHECK_INT(count(out.data, " -> p"), 299);
		CHECK_INT(count(out.data, "the last 21 processes are not drawn"),
			  n > 299);
		render(&gantt, &b.model, "mermaid", "gantt");
		CHECK_INT(count(gantt.data, n > 299 ? "… 281 more processes"
						    : "… 260 more processes"),
			  1);
		build_release(&b);
	}
}
