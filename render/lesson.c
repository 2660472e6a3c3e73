/* SPDX-License-Identifier: MIT */
/* Which sentence goes with what. */
#include "lesson.h"

#include "lookup.h"

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
		CT_CLEANUP_STRBUF struct ct_strbuf word = CT_STRBUF_INIT;

		if (!(types & 1U << type))
			continue;
		ct_strbuf_addf(&word, "%s namespace", ct_ns_name((enum ct_ns)type));
		lessons[n] = ct_lesson_find(word.data);
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
