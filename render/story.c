/* SPDX-License-Identifier: MIT */
/* Who is in a story, and what is told as one: repeated helpers, a clean-up. */
#include "story.h"

#include "alloc.h"
#include "lookup.h"
#include "tell.h"

#include <stdlib.h>
#include <string.h>

/*
 * Does "name ×24" say enough? Firewall tools complain about each rule that they only
 * asked for; what that means for the start is said by whoever called them.
 */
static bool is_quiet(const struct ct_model *model, const struct ct_item *item)
{
	return item->kind == CT_ITEM_EXEC || item->kind == CT_ITEM_EXIT ||
	       (item->kind == CT_ITEM_MESSAGE &&
		model->processes[item->process].role == CT_ROLE_FIREWALL);
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
		if (!is_quiet(model, item))
			flags[item->process] &= ~(unsigned int)CT_FAMILY_QUIET;
	}
	for (size_t i = 0; i < model->n_processes; i++)
		if (!(flags[i] & CT_FAMILY_SHOWN) && !model->selection)
			story->n_untold++;
	story->members = ct_family_new(model, flags);
	free(flags);
}

/* Per container (and before them, for none): its clean-up phase + 1, or 0. Of a single
 * container, it is everybody's. */
static size_t *find_cleanups(const struct ct_model *model)
{
	size_t *cleanups = ct_alloc((model->n_containers + 1) * sizeof(*cleanups));

	for (size_t i = model->n_phases; i-- > 0;) {
		const struct ct_phase *phase = &model->phases[i];

		if (!strcmp(phase->name, "clean-up") &&
		    phase->container < (int)model->n_containers)
			cleanups[model->n_containers < 2 ? 0 : phase->container + 1] =
				i + 1;
	}
	return cleanups;
}

/* The clean-up that this item is a harmless part of; NULL when it is told on its own. */
static const struct ct_phase *cleanup_of(const struct ct_story *story,
					 const size_t *cleanups,
					 const struct ct_item *item)
{
	static const bool loud[CT_ITEM_KINDS] = {
		[CT_ITEM_FAILURE] = true, [CT_ITEM_GAP] = true,
		[CT_ITEM_NOTE] = true,    [CT_ITEM_MESSAGE] = true,
		[CT_ITEM_EXIT] = true,    [CT_ITEM_PRESSURE] = true,
	};
	const struct ct_model *model = story->model;
	const struct ct_process *p = ct_process_at(model, item->process);
	const struct ct_phase *phase;
	size_t cleanup;

	if (story->verbose || !p || p->container >= (int)model->n_containers)
		return NULL;
	if (loud[item->kind] &&
	    story->members[story->members[item->process].fold].n_folded < 2)
		return NULL;
	cleanup = cleanups[model->n_containers < 2 ? 0 : p->container + 1];
	phase = cleanup ? &model->phases[cleanup - 1] : NULL;
	if (!phase || item->t_ns < phase->start_ns || item->t_ns > phase->end_ns)
		return NULL;
	return phase;
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
	size_t *cleanups = find_cleanups(story->model);

	for (size_t i = 0; i < story->n_items; i++) {
		struct ct_item item = story->items[i];
		const struct ct_phase *its = cleanup_of(story, cleanups, &item);
		int fold = item.process < 0 ? -1 : story->members[item.process].fold;
		bool helper = fold >= 0 && story->members[fold].n_folded > 1;

		if (item.kind == CT_ITEM_NONE) {
			free(item.events);
			continue;
		}
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
	free(cleanups);
}

struct ct_story *ct_story_new(const struct ct_model *model, int verbose)
{
	struct ct_story *story = ct_alloc(sizeof(*story));

	story->model = model;
	/* who asks for calls wants each of them */
	story->verbose = model->selection && model->selection->each ? 2 : verbose;
	ct_makers_init(&story->makers, model);
	ct_story_tell(story);
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
	ct_makers_release(&story->makers);
	free(story);
}
