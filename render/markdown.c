/* SPDX-License-Identifier: MIT */
/* A start as a document: what came out, a diagram, tables, and the story. */
#include "markdown.h"

#include "escape.h"
#include "filter_note.h"
#include "formats.h"
#include "headline.h"
#include "label.h"
#include "lookup.h"
#include "mermaid.h"
#include "words.h"

#include <string.h>

void ct_markdown_add(struct ct_strbuf *out, const char *text)
{
	CT_CLEANUP_STRBUF struct ct_strbuf cut = CT_STRBUF_INIT;

	ct_label_text(&cut, text, strlen(text), true);
	ct_escape_markdown(out, cut.data, cut.len);
}

static void add_heading(struct ct_strbuf *out, const struct ct_model *model,
			const struct ct_render_options *options)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (options->title)
		ct_strbuf_adds(&sb, options->title);
	else
		ct_headline_subject(&sb, model);
	ct_strbuf_adds(out, "# ");
	ct_markdown_add(out, sb.data);
	ct_strbuf_reset(&sb);
	ct_headline_outcome(&sb, model);
	ct_filter_note(&sb, model, " · ");
	ct_strbuf_adds(out, "\n\n");
	ct_markdown_add(out, sb.data);
	ct_strbuf_addc(out, '\n');
	if (!model->complete)
		ct_strbuf_adds(
			out,
			"\n**The trace is cut off:** the recording did not reach its "
			"end.\n");
}

static void add_line(struct ct_strbuf *out, const char *label, const char *text)
{
	if (!text || !*text)
		return;
	ct_strbuf_addf(out, "* %s: ", label);
	ct_markdown_add(out, text);
	ct_strbuf_addc(out, '\n');
}

static void add_findings(struct ct_strbuf *out, const struct ct_model *model,
			 const struct ct_render_options *options)
{
	for (size_t i = 0; i < model->n_findings; i++) {
		const struct ct_finding *f = &model->findings[i];

		if (!options->verbose && !strcmp(f->severity, "info"))
			continue;
		ct_strbuf_addf(out, "\n**%s:** ", f->severity);
		ct_markdown_add(out, f->title);
		ct_strbuf_adds(out, "\n\n");
		add_line(out, "why", f->cause);
		for (size_t j = 0; j < f->n_evidence; j++)
			add_line(out, "seen", f->evidence[j]);
		add_line(out, "try", f->remedy);
		ct_strbuf_addf(out, "* sure: %d %%\n", f->confidence);
	}
}

static void add_diagram(struct ct_strbuf *out, const struct ct_model *model,
			const struct ct_render_options *options)
{
	struct ct_render_options plain = *options;

	if (!model->n_processes)
		return;
	plain.lessons = false; /* the text below tells them */
	ct_strbuf_adds(out, "\n## Who did what\n\n```mermaid\n");
	ct_mermaid_sequence(out, model, &plain);
	ct_strbuf_adds(out, "```\n");
}

void ct_markdown_lesson(struct ct_strbuf *out, const struct ct_lesson *lesson)
{
	ct_markdown_add(out, lesson->sentence);
	ct_strbuf_addf(out, " `%s`", lesson->page);
}

static void add_item_lessons(struct ct_strbuf *out, const struct ct_model *model,
			     const struct ct_item *item, struct ct_told *told)
{
	const struct ct_lesson *lessons[CT_LESSONS_OF_ITEM];
	size_t n = ct_lessons_of_item(lessons, model, item);

	for (size_t i = 0; i < n; i++) {
		if (!ct_told_first(told, lessons[i]))
			continue;
		ct_strbuf_addf(out, "<br>**%s:** ", lessons[i]->word);
		ct_markdown_lesson(out, lessons[i]);
	}
}

static void add_item(struct ct_strbuf *out, const struct ct_story *story,
		     const struct ct_item *item, struct ct_told *told)
{
	static const struct ct_look look = { .width = 160 };
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(&look);
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf words = CT_STRBUF_INIT;

	enum ct_step step = ct_step_of_item(story->model, item);

	ct_strbuf_adds(out, "| ");
	ct_label_ms(out, item->t_ns);
	ct_strbuf_adds(out, " | ");
	if (step)
		ct_strbuf_addf(out, "%d ", (int)step);
	ct_strbuf_adds(out, "| ");
	if (item->kind == CT_ITEM_FOLD) {
		ct_label_name(&name, story->model, item->process);
		ct_strbuf_addf(&name, " ×%d", story->members[item->process].n_folded);
	} else if (item->process >= 0) {
		ct_label_process(&name, story->model, item->process);
	}
	ct_markdown_add(out, name.data);
	ct_strbuf_adds(out, " | ");
	if (item->kind == CT_ITEM_FAILURE)
		ct_strbuf_adds(out, "**✗** ");
	ct_words_add(&row, story, item);
	ct_row_finish(&row, &words);
	ct_escape_markdown(out, words.data, words.len);
	if (told)
		add_item_lessons(out, story->model, item, told);
	ct_strbuf_adds(out, " |\n");
}

static void add_story(struct ct_strbuf *out, const struct ct_model *model,
		      const struct ct_render_options *options)
{
	struct ct_story *story = ct_story_new(model, options->verbose);
	struct ct_told told = { 0 };

	if (story->n_items)
		ct_strbuf_adds(out, "\n## What happened\n\n| ms | step | process | |\n"
				    "| ---: | :---: | --- | --- |\n");
	for (size_t i = 0; i < story->n_items; i++)
		add_item(out, story, &story->items[i], options->lessons ? &told : NULL);
	if (story->n_benign)
		ct_strbuf_addf(out,
			       "\n%zu other call%s failed on the way, as in starts that "
			       "work.\n",
			       story->n_benign, story->n_benign == 1 ? "" : "s");
	ct_story_free(story);
}

static int render_markdown(struct ct_strbuf *out, const struct ct_model *model,
			   const struct ct_render_options *options, struct ct_error *err)
{
	(void)err;
	add_heading(out, model, options);
	add_findings(out, model, options);
	ct_markdown_phases(out, model);
	if (options->lessons)
		ct_markdown_lessons(out, model);
	add_diagram(out, model, options);
	add_story(out, model, options);
	for (size_t i = 0; i < model->n_containers; i++)
		if (ct_container_is_shown(model, (int)i))
			ct_markdown_container(out, model, &model->containers[i]);
	return 0;
}

const struct ct_render_format ct_format_markdown = {
	.name = "markdown",
	.description = "the start as a document: tables, story, Mermaid diagram",
	.views = NULL,
	.render = render_markdown,
};
