/* SPDX-License-Identifier: MIT */
/* --explain: every step and phase has its sentence, and the glossary has the same ones.
 */
#include "build.h"
#include "cttrace/render.h"
#include "lesson.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_glossary(void)
{
	struct ct_strbuf text = CT_STRBUF_INIT;
	FILE *in = fopen(CT_SOURCE_DIR "/docs/glossary.md", "re");
	int c;

	CHECK(in != NULL);
	while ((c = getc(in)) != EOF)
		ct_strbuf_addc(&text, (char)c);
	fclose(in);
	return ct_strbuf_steal(&text);
}

TEST(the_glossary_has_each_lesson)
{
	char *glossary = read_glossary();

	for (const struct ct_lesson *l = ct_lessons; l->word; l++) {
		CT_CLEANUP_STRBUF struct ct_strbuf row = CT_STRBUF_INIT;

		ct_strbuf_addf(&row, "\n| %s | %s | %s |\n", l->word, l->sentence,
			       l->page);
		if (!strstr(glossary, row.data))
			test_fail(__FILE__, __LINE__, "docs/glossary.md lacks%s",
				  row.data);
	}
	free(glossary);
}

TEST(each_step_and_namespace_has_a_lesson)
{
	for (int step = CT_STEP_NONE + 1; step < CT_STEPS; step++)
		CHECK(ct_lesson_find(ct_step_name((enum ct_step)step)) ==
		      &ct_lessons[step - 1]);
	for (int type = 0; type < CT_NS_TYPES; type++) {
		CT_CLEANUP_STRBUF struct ct_strbuf word = CT_STRBUF_INIT;

		ct_strbuf_addf(&word, "%s namespace", ct_ns_name((enum ct_ns)type));
		CHECK(ct_lesson_find(word.data) != NULL);
	}
}

/* Without the breaks that DOT and Mermaid have between the lines of a sentence. */
static char *in_one_line(const char *text)
{
	static const struct {
		const char *is, *reads;
	} breaks[] = { { "\\l      ", "" }, { "<br/>", " " } };
	struct ct_strbuf line = CT_STRBUF_INIT;

	while (*text) {
		size_t i = 0, n = sizeof(breaks) / sizeof(*breaks);

		while (i < n && strncmp(text, breaks[i].is, strlen(breaks[i].is)) != 0)
			i++;
		if (i == n) {
			ct_strbuf_addc(&line, *text++);
			continue;
		}
		ct_strbuf_adds(&line, breaks[i].reads);
		text += strlen(breaks[i].is);
	}
	return ct_strbuf_steal(&line);
}

static size_t count(const char *picture, const char *word)
{
	char *line = in_one_line(picture), *at = line;
	size_t n = 0;

	for (; (at = strstr(at, word)); at += strlen(word))
		n++;
	free(line);
	return n;
}

TEST(lessons_are_told_when_they_are_wanted_and_no_two_times_in_a_list)
{
	static const struct {
		const char *format;
		size_t most; /* phases and the story are two lists */
	} formats[] = {
		{ "ascii", 2 },   { "markdown", 2 }, { "svg", 1 }, { "json", 1 },
		{ "html", 1 },    { "dot", 2 }, /* a node's tooltip, and the legend */
		{ "mermaid", 1 }, { "chrome", 2 },   { "otlp", 2 }
	};

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		for (int wanted = 0; wanted < 2; wanted++) {
			struct ct_render_options options = { .width = 200,
							     .pixels = 2400,
							     .lessons = wanted };
			CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
			struct build b;
			size_t n;

			build_podman(&b);
			CHECK_INT(ct_render(&out, ct_render_find(formats[i].format),
					    &b.model, &options, NULL),
				  0);
			n = count(out.data, "there is no name for the files of the host");
			CHECK(wanted ? n >= 1 && n <= formats[i].most : n == 0);
			build_release(&b);
		}
}

TEST(each_view_for_a_terminal_tells_what_its_steps_are_good_for)
{
	static const struct {
		const char *view, *told, *not_told; /* of steps and namespaces */
	} views[] = { { "tree", "2 cgroup: ", "mnt namespace: " },
		      { "namespaces", "mnt namespace: ", "5 pivot_root: " },
		      { "mounts", "5 pivot_root: ", "2 cgroup: " },
		      { "isolation", "7 seccomp: ", "mnt namespace: " },
		      { "asked", "6 capabilities: ", "mnt namespace: " } };
	struct build b;

	build_podman(&b);
	for (size_t i = 0; i < sizeof(views) / sizeof(*views); i++)
		for (int wanted = 0; wanted < 2; wanted++) {
			struct ct_render_options options = { .view = views[i].view,
							     .lessons = wanted };
			CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;

			CHECK_INT(ct_render(&out, ct_render_find("ascii"), &b.model,
					    &options, NULL),
				  0);
			CHECK_INT(count(out.data, views[i].told), wanted);
			CHECK_INT(count(out.data, views[i].not_told), 0);
		}
	build_release(&b);
}
