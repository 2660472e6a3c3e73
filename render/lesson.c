/* SPDX-License-Identifier: MIT */
/* Which sentence goes with what. */
#include "lesson.h"

#include "alloc.h"
#include "lookup.h"

#include <stdlib.h>
#include <string.h>

const struct ct_lesson ct_lessons[CT_LESSONS + 1] = {
#define LESSON(word, sentence, page) { word, sentence, page },
#include "lesson.def"
#undef LESSON
	{ NULL, NULL, NULL },
};

static const char *const words_of_items[CT_ITEM_KINDS] = {
	[CT_ITEM_MOVE] = "cgroup move",
	[CT_ITEM_CGROUP] = "cgroup",
	[CT_ITEM_MOUNT] = "mount",
	[CT_ITEM_UNMOUNT] = "umount",
	[CT_ITEM_ROOT] = "pivot_root",
	[CT_ITEM_IDENTITY] = "identity",
	[CT_ITEM_CAPABILITY] = "capabilities",
	[CT_ITEM_SECCOMP] = "seccomp",
	[CT_ITEM_LIMIT] = "limits",
	[CT_ITEM_HOSTNAME] = "host name",
	[CT_ITEM_SYSCTL] = "sysctl",
	[CT_ITEM_KEYRING] = "keyring",
	[CT_ITEM_KILL] = "kill",
	[CT_ITEM_DEVICE] = "device",
	[CT_ITEM_PIPE] = "fifo",
	[CT_ITEM_NETWORK] = "request",
	[CT_ITEM_BUS] = "systemd",
	[CT_ITEM_FIFO] = "exec.fifo",
	[CT_ITEM_FAILURE] = "failure",
	[CT_ITEM_PRESSURE] = "limit hit",
	[CT_ITEM_CLEANUP] = "clean-up",
};

const struct ct_lesson *ct_lesson_find(const char *word)
{
	for (const struct ct_lesson *l = ct_lessons; word && l->word; l++)
		if (!strcmp(l->word, word))
			return l;
	return NULL;
}

bool ct_told_first(struct ct_told *told, const struct ct_lesson *lesson)
{
	bool *seen = lesson ? &told->lessons[lesson - ct_lessons] : NULL;
	bool first = seen && !*seen;

	if (first)
		*seen = true;
	return first;
}

static const char *word_of_exec(const struct ct_model *model, const struct ct_item *item)
{
	const struct ct_process *p = ct_process_at(model, item->process);
	const struct ct_exec *exec = p ? ct_exec_of(p, item->events[0]) : NULL;

	if (model->facts[item->events[0]].tags & 1U << CT_TAG_PAYLOAD)
		return "exec";
	return exec && exec->self ? "sealed copy" : "program";
}

const struct ct_lesson *ct_lesson_of_namespace(enum ct_ns type)
{
	CT_CLEANUP_STRBUF struct ct_strbuf word = CT_STRBUF_INIT;

	ct_strbuf_addf(&word, "%s namespace", ct_ns_name(type));
	return ct_lesson_find(word.data);
}

/* All changes of one call: a lesson for each type, once. */
static size_t of_namespaces(const struct ct_lesson *lessons[CT_LESSONS_OF_ITEM],
			    const struct ct_model *model, const struct ct_fact *fact)
{
	unsigned int types = 0;
	size_t n = 0;

	for (size_t i = 0; i < fact->n_ns && fact->first_ns + i < model->n_ns_changes;
	     i++)
		types |= 1U << model->ns_changes[fact->first_ns + i].type;
	for (int type = 0; type < CT_NS_TYPES; type++) {
		if (!(types & 1U << type))
			continue;
		lessons[n] = ct_lesson_of_namespace((enum ct_ns)type);
		n += lessons[n] != NULL;
	}
	return n;
}

size_t ct_lessons_of_item(const struct ct_lesson *lessons[CT_LESSONS_OF_ITEM],
			  const struct ct_model *model, const struct ct_item *item)
{
	if (item->kind == CT_ITEM_NAMESPACE)
		return of_namespaces(lessons, model, &model->facts[item->events[0]]);
	lessons[0] =
		ct_lesson_find(item->kind == CT_ITEM_EXEC ? word_of_exec(model, item)
							  : words_of_items[item->kind]);
	return lessons[0] != NULL;
}

enum ct_step ct_step_of_item(const struct ct_model *model, const struct ct_item *item)
{
	for (size_t i = 0; i < item->n_events; i++)
		if (model->facts[item->events[i]].step)
			return (enum ct_step)model->facts[item->events[i]].step;
	return CT_STEP_NONE;
}

void ct_lesson_add(struct ct_strbuf *out, const struct ct_lesson *lesson)
{
	ct_strbuf_addf(out, "%s %s", lesson->sentence, lesson->page);
}

static int number_of(const struct ct_lesson *lesson)
{
	for (int step = CT_STEP_NONE + 1; step < CT_STEPS; step++)
		if (!strcmp(lesson->word, ct_step_name((enum ct_step)step)))
			return step;
	return CT_STEP_NONE;
}

void ct_lesson_add_named(struct ct_strbuf *out, const struct ct_lesson *lesson)
{
	int step = number_of(lesson);

	if (step)
		ct_strbuf_addf(out, "%d ", step);
	ct_strbuf_addf(out, "%s: ", lesson->word);
	ct_lesson_add(out, lesson);
}

const struct ct_lesson *ct_lesson_of_step(const struct ct_model *model, enum ct_step step)
{
	for (size_t i = 0; i < model->n_phases; i++)
		if (model->phases[i].step == step && model->phases[i].start_ns >= 0)
			return ct_lesson_find(ct_step_name(step));
	return NULL;
}

static int by_event(const void *left, const void *right)
{
	const struct ct_event_lesson *a = left, *b = right;

	if (a->event != b->event)
		return a->event < b->event ? -1 : 1;
	return a->lesson < b->lesson ? -1 : a->lesson > b->lesson;
}

void ct_event_lessons_init(struct ct_event_lessons *found, const struct ct_model *model)
{
	struct ct_story *story = ct_story_new(model, 0);
	struct ct_told told = { 0 };

	found->items = ct_alloc(CT_LESSONS * sizeof(*found->items));
	found->n = 0;
	for (size_t i = 0; i < story->n_items; i++) {
		const struct ct_lesson *lessons[CT_LESSONS_OF_ITEM];
		const struct ct_item *item = &story->items[i];
		size_t n = ct_lessons_of_item(lessons, model, item);

		for (size_t l = 0; l < n; l++)
			if (ct_told_first(&told, lessons[l]))
				found->items[found->n++] = (struct ct_event_lesson){
					.event = item->events[0], .lesson = lessons[l]
				};
	}
	ct_story_free(story);
	qsort(found->items, found->n, sizeof(*found->items), by_event);
}

void ct_event_lessons_release(struct ct_event_lessons *lessons)
{
	free(lessons->items);
}

void ct_event_lessons_add(struct ct_strbuf *out, const struct ct_event_lessons *lessons,
			  size_t event)
{
	for (size_t i = 0; i < lessons->n && lessons->items[i].event <= event; i++) {
		if (lessons->items[i].event != event)
			continue;
		ct_strbuf_adds(out, out->len ? "; " : "");
		ct_lesson_add_named(out, lessons->items[i].lesson);
	}
}
