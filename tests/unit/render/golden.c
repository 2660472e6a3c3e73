/* SPDX-License-Identifier: MIT */
/*
 * Pictures compared with tests/golden/render/SCENE/VARIANT. With CT_UPDATE_GOLDENS set
 * they are written instead, to be read before they are committed.
 */
#include "build.h"
#include "cttrace/render.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

struct variant {
	const char *file;
	const char *format;
	struct ct_render_options options;
};

static const struct variant variants[] = {
	{ "timeline-80.txt", "ascii", { .width = 80 } },
	{ "timeline-100.txt", "ascii", { .width = 100 } },
	{ "timeline-120.txt", "ascii", { .width = 120 } },
	{ "timeline-100-ascii.txt", "ascii", { .width = 100, .ascii = true } },
	{ "timeline-100-colour.txt", "ascii", { .width = 100, .color = true } },
	{ "timeline-100-v.txt", "ascii", { .width = 100, .verbose = 1 } },
	{ "timeline-100-explain.txt", "ascii", { .width = 100, .lessons = true } },
	{ "timeline-80-explain.txt", "ascii", { .width = 80, .lessons = true } },
	{ "timeline-100-vv.txt", "ascii", { .width = 100, .verbose = 2 } },
	{ "tree-100.txt", "ascii", { .view = "tree", .width = 100 } },
	{ "tree-80-ascii.txt", "ascii", { .view = "tree", .width = 80, .ascii = true } },
	{ "namespaces-100.txt", "ascii", { .view = "namespaces", .width = 100 } },
	{ "report.json", "json", { .width = 0 } },
	{ "graph.dot", "dot", { .width = 0 } },
	{ "namespaces.dot", "dot", { .view = "namespaces" } },
	{ "handover.dot", "dot", { .view = "handover" } },
	{ "figure.svg", "svg", { .width = 0 } },
	{ "explain.svg", "svg", { .lessons = true } },
	{ "explain.md", "markdown", { .lessons = true } },
	{ "sequence.mmd", "mermaid", { .width = 0 } },
	{ "gantt.mmd", "mermaid", { .view = "gantt" } },
	{ "start.md", "markdown", { .width = 0 } },
	{ "chrome.json", "chrome", { .width = 0 } },
	{ "otlp.json", "otlp", { .width = 0 } },
};

static char *read_file(const char *path)
{
	struct ct_strbuf sb = CT_STRBUF_INIT;
	FILE *in = fopen(path, "re");
	char block[4096];
	size_t n;

	while (in && (n = fread(block, 1, sizeof(block), in)))
		ct_strbuf_add(&sb, block, n);
	if (in)
		fclose(in);
	return ct_strbuf_steal(&sb);
}

static void write_file(const char *path, const char *text)
{
	FILE *out = fopen(path, "we");

	if (!out || fputs(text, out) == EOF || fclose(out))
		test_fail(__FILE__, __LINE__, "%s cannot be written", path);
}

static void compare(const struct build *b, const char *scene, const struct variant *v)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT, out = CT_STRBUF_INIT;
	struct ct_error err = { 0 };
	char *want;

	ct_strbuf_addf(&path, "%s/tests/golden/render/%s/%s", CT_SOURCE_DIR, scene,
		       v->file);
	CHECK_INT(
		ct_render(&out, ct_render_find(v->format), &b->model, &v->options, &err),
		0);
	if (getenv("CT_UPDATE_GOLDENS")) {
		write_file(path.data, out.data);
		return;
	}
	want = read_file(path.data);
	if (strcmp(want, out.data) != 0)
		test_fail(__FILE__, __LINE__, "%s differs: got\n%s", path.data, out.data);
	free(want);
}

static void compare_all(void (*build)(struct build *), const char *scene)
{
	struct build b;

	build(&b);
	for (size_t i = 0; i < sizeof(variants) / sizeof(*variants); i++)
		compare(&b, scene, &variants[i]);
	build_release(&b);
}

TEST(golden_podman)
{
	compare_all(build_podman, "podman");
}

TEST(golden_failed)
{
	compare_all(build_failed, "failed");
}

TEST(golden_ls)
{
	compare_all(build_ls, "ls");
}

TEST(golden_hang)
{
	compare_all(build_hang, "hang");
}

TEST(golden_attached)
{
	compare_all(build_attached, "attached");
}

TEST(golden_hostile)
{
	compare_all(build_hostile, "hostile");
}
