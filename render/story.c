/* SPDX-License-Identifier: MIT */
/* From facts to items: what is told, and what is told together. */
#include "story.h"

#include "alloc.h"
#include "lookup.h"

#include <stdlib.h>
#include <string.h>

/* While a story is made: what each event and each process already has. */
struct teller {
	struct ct_story *story;
	int *ns_owner;   /* per event: the process whose namespaces it changed; -1 */
	size_t *latest;  /* per process and kind: its item + 1 that may still grow; 0 none
			  */
	bool *exit_told; /* per process */
};

/* How verbose a story must be to tell of a kind, and whether its events are told as one.
 */
static const struct kind {
	int verbose;
	bool folds;
} kinds[CT_ITEM_KINDS] = {
	[CT_ITEM_BORN] = { 1, false },    [CT_ITEM_CGROUP] = { 0, true },
	[CT_ITEM_MOUNT] = { 0, true },    [CT_ITEM_UNMOUNT] = { 0, true },
	[CT_ITEM_IDENTITY] = { 0, true }, [CT_ITEM_CAPABILITY] = { 0, true },
	[CT_ITEM_SECCOMP] = { 0, true },  [CT_ITEM_LIMIT] = { 0, true },
	[CT_ITEM_DEVICE] = { 0, true },   [CT_ITEM_FILE] = { 1, false },
	[CT_ITEM_CALL] = { 2, false },    [CT_ITEM_SIGNAL] = { 1, false },
	[CT_ITEM_NOTE] = { 1, false },
};

static size_t *latest_of(struct teller *t, int process, enum ct_item_kind kind)
{
	return &t->latest[(size_t)process * CT_ITEM_KINDS + kind];
}

static void tell(struct teller *t, enum ct_item_kind kind, int process, size_t event)
{
	struct ct_story *story = t->story;
	const struct ct_event *e = ct_event_at(story->model, event);
	bool folds = kinds[kind].folds && story->verbose == 0 && process >= 0;
	struct ct_item *item;

	if (kind == CT_ITEM_NONE || kinds[kind].verbose > story->verbose)
		return;
	if (folds && *latest_of(t, process, kind)) {
		item = &story->items[*latest_of(t, process, kind) - 1];
	} else {
		item = ct_push(story->items, story->n_items, story->cap_items);
		item->kind = kind;
		item->process = process;
		item->t_ns = e->t_ns;
		/* what comes later must not seem to have happened before this */
		if (!folds && process >= 0)
			memset(latest_of(t, process, 0), 0,
			       CT_ITEM_KINDS * sizeof(*t->latest));
	}
	item->end_ns = e->t_ns + (e->dur_ns > 0 ? e->dur_ns : 0);
	*ct_push(item->events, item->n_events, item->cap_events) = event;
	if (folds)
		*latest_of(t, process, kind) = (size_t)(item - story->items) + 1;
}

static enum ct_item_kind kind_of_call(const struct ct_fact *fact)
{
	/* the first tag that fits says what the call was for */
	static const struct {
		enum ct_tag tag;
		enum ct_item_kind kind;
	} tags[] = {
		{ CT_TAG_ROOT, CT_ITEM_ROOT },
		{ CT_TAG_MOUNT, CT_ITEM_MOUNT },
		{ CT_TAG_CAPABILITY, CT_ITEM_CAPABILITY },
		{ CT_TAG_SECCOMP, CT_ITEM_SECCOMP },
		{ CT_TAG_IDENTITY, CT_ITEM_IDENTITY },
		{ CT_TAG_CGROUP, CT_ITEM_CGROUP },
		{ CT_TAG_LIMIT, CT_ITEM_LIMIT },
		{ CT_TAG_HOSTNAME, CT_ITEM_HOSTNAME },
		{ CT_TAG_DEVICE, CT_ITEM_DEVICE },
		{ CT_TAG_MESSAGE, CT_ITEM_MESSAGE },
		{ CT_TAG_FILE, CT_ITEM_FILE },
	};

	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++) {
		if (!(fact->tags & 1U << tags[i].tag))
			continue;
		if (tags[i].kind == CT_ITEM_MOUNT &&
		    !strncmp(fact->event->call.name, "umount", strlen("umount")))
			return CT_ITEM_UNMOUNT;
		return tags[i].kind;
	}
	return CT_ITEM_CALL;
}

static void tell_failure(struct teller *t, const struct ct_fact *fact, size_t event)
{
	if (t->story->verbose == 0 && (fact->tags & 1U << CT_TAG_BENIGN))
		t->story->n_benign++;
	else
		tell(t, CT_ITEM_FAILURE, fact->process, event);
}

/* Namespaces and cgroups change for the one that was moved, whoever made the call. */
static bool tell_change(struct teller *t, const struct ct_fact *fact, size_t event)
{
	const struct ct_model *model = t->story->model;
	int owner = t->ns_owner[event];
	bool told = false;

	if (owner >= 0) {
		tell(t, CT_ITEM_NAMESPACE, owner, event);
		told = true;
	}
	if (fact->cgroup >= 0 && (size_t)fact->cgroup < model->n_cgroup_changes) {
		const struct ct_cgroup_change *c = &model->cgroup_changes[fact->cgroup];

		/* the same move in the other hierarchies of version 1 is not told again
		 */
		if (c->event == event && ct_process_at(model, c->process))
			tell(t, CT_ITEM_MOVE, c->process, event);
		told = true;
	}
	return told;
}

static void tell_exit(struct teller *t, const struct ct_fact *fact, size_t event)
{
	const struct ct_model *model = t->story->model;
	const struct ct_process *p = ct_process_at(model, fact->process);

	if (!p || p->exited_ns != fact->event->t_ns || t->exit_told[fact->process])
		return;
	t->exit_told[fact->process] = true;
	if (t->story->verbose || p->exit.signal || p->exit.status ||
	    fact->process == model->root || ct_is_init(model, fact->process))
		tell(t, CT_ITEM_EXIT, fact->process, event);
}

static void tell_fact(struct teller *t, const struct ct_fact *fact, size_t event)
{
	bool told = tell_change(t, fact, event);

	switch (fact->event->kind) {
	case CT_EVENT_TASK:
		if (fact->event->birth.how != CT_BIRTH_THREAD && !told)
			tell(t, CT_ITEM_BORN, fact->process, event);
		break;
	case CT_EVENT_CALL:
		if (fact->tags & 1U << CT_TAG_FAILED)
			tell_failure(t, fact, event);
		else if (!told)
			tell(t, t->story->verbose > 1 ? CT_ITEM_CALL : kind_of_call(fact),
			     fact->process, event);
		break;
	case CT_EVENT_EXEC:
		tell(t, CT_ITEM_EXEC, fact->process, event);
		break;
	case CT_EVENT_EXIT:
		tell_exit(t, fact, event);
		break;
	case CT_EVENT_SIGNAL:
		tell(t, CT_ITEM_SIGNAL, fact->process, event);
		break;
	case CT_EVENT_GAP:
		tell(t, CT_ITEM_GAP, fact->process, event);
		break;
	case CT_EVENT_NOTE:
		tell(t, CT_ITEM_NOTE, fact->process, event);
		break;
	case CT_EVENT_KINDS:
		break;
	}
}

static void tell_all(struct ct_story *story)
{
	const struct ct_model *model = story->model;
	struct teller t = { .story = story };

	t.ns_owner = ct_alloc(model->n_facts * sizeof(*t.ns_owner));
	t.latest = ct_alloc(model->n_processes * CT_ITEM_KINDS * sizeof(*t.latest));
	t.exit_told = ct_alloc(model->n_processes * sizeof(*t.exit_told));
	memset(t.ns_owner, -1, model->n_facts * sizeof(*t.ns_owner));
	for (size_t i = 0; i < model->n_processes; i++)
		for (size_t j = 0; j < model->processes[i].n_ns_changes; j++)
			if (model->processes[i].ns_changes[j].event < model->n_facts)
				t.ns_owner[model->processes[i].ns_changes[j].event] =
					(int)i;
	for (size_t i = 0; i < model->n_facts; i++)
		tell_fact(&t, &model->facts[i], i);
	free(t.ns_owner);
	free(t.latest);
	free(t.exit_told);
}

/* Who is in the story, and who could be told together with others of its name. */
static void find_members(struct ct_story *story)
{
	const struct ct_model *model = story->model;
	unsigned int *flags = ct_alloc(model->n_processes * sizeof(*flags));

	for (size_t i = 0; i < model->n_processes; i++) {
		if (story->verbose == 0)
			flags[i] |= CT_FAMILY_QUIET;
		if (story->verbose || model->processes[i].how == CT_BIRTH_ATTACHED ||
		    (int)i == model->root)
			flags[i] |= CT_FAMILY_SHOWN;
	}
	for (size_t i = 0; i < story->n_items; i++) {
		const struct ct_item *item = &story->items[i];

		if (!ct_process_at(model, item->process))
			continue;
		flags[item->process] |= CT_FAMILY_SHOWN;
		if (item->kind != CT_ITEM_EXEC && item->kind != CT_ITEM_EXIT)
			flags[item->process] &= ~(unsigned int)CT_FAMILY_QUIET;
	}
	for (size_t i = 0; i < model->n_processes; i++)
		if (!(flags[i] & CT_FAMILY_SHOWN))
			story->n_untold++;
	story->members = ct_family_new(model, flags);
	free(flags);
}

/* The clean-up that this item is a harmless part of; NULL when it is told on its own. */
static const struct ct_phase *cleanup_of(const struct ct_story *story,
					 const struct ct_item *item)
{
	static const bool loud[CT_ITEM_KINDS] = {
		[CT_ITEM_FAILURE] = true, [CT_ITEM_GAP] = true,  [CT_ITEM_NOTE] = true,
		[CT_ITEM_MESSAGE] = true, [CT_ITEM_EXIT] = true,
	};
	const struct ct_model *model = story->model;
	const struct ct_process *p = ct_process_at(model, item->process);

	if (story->verbose || !p)
		return NULL;
	if (loud[item->kind] &&
	    story->members[story->members[item->process].fold].n_folded < 2)
		return NULL;
	for (size_t i = 0; i < model->n_phases; i++) {
		const struct ct_phase *phase = &model->phases[i];

		if (!strcmp(phase->name, "clean-up") && item->t_ns >= phase->start_ns &&
		    item->t_ns <= phase->end_ns &&
		    (model->n_containers < 2 || phase->container == p->container))
			return phase;
	}
	return NULL;
}

static int topmost(const struct ct_story *story, int process)
{
	while (story->members[process].parent >= 0)
		process = story->members[process].parent;
	return process;
}

static void append_events(struct ct_item *to, struct ct_item *from)
{
	for (size_t i = 0; i < from->n_events; i++)
		*ct_push(to->events, to->n_events, to->cap_events) = from->events[i];
	if (from->end_ns > to->end_ns)
		to->end_ns = from->end_ns;
	free(from->events);
}

/*
 * Makes one item of each group of helpers and of each clean-up: the first of them stays
 * and takes the events of the others.
 */
static void fold_items(struct ct_story *story)
{
	const struct ct_phase *phase = NULL;
	size_t kept = 0, cleanup = 0;
	size_t *folded = ct_alloc(story->model->n_processes * sizeof(*folded));

	for (size_t i = 0; i < story->n_items; i++) {
		struct ct_item item = story->items[i];
		const struct ct_phase *its = cleanup_of(story, &item);
		int fold = item.process < 0 ? -1 : story->members[item.process].fold;
		bool helper = fold >= 0 && story->members[fold].n_folded > 1;

		if (its && its == phase) {
			append_events(&story->items[cleanup], &item);
			continue;
		}
		if (!its && helper && folded[fold]) {
			append_events(&story->items[folded[fold] - 1], &item);
			continue;
		}
		if (its) {
			item.kind = CT_ITEM_CLEANUP;
			item.process = topmost(story, item.process);
			phase = its;
			cleanup = kept;
		} else if (helper) {
			item.kind = CT_ITEM_FOLD;
			item.process = fold;
			folded[fold] = kept + 1;
		}
		story->items[kept++] = item;
	}
	story->n_items = kept;
	free(folded);
}

struct ct_story *ct_story_new(const struct ct_model *model, int verbose)
{
	struct ct_story *story = ct_alloc(sizeof(*story));

	story->model = model;
	story->verbose = verbose;
	tell_all(story);
	find_members(story);
	fold_items(story);
	return story;
}

void ct_story_free(struct ct_story *story)
{
	if (!story)
		return;
	for (size_t i = 0; i < story->n_items; i++)
		free(story->items[i].events);
	free(story->items);
	free(story->members);
	free(story);
}
