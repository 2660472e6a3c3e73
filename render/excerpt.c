/* SPDX-License-Identifier: MIT */
/* What matters most comes first; what is left out is told by the selection's words. */
#include "excerpt.h"

#include "lookup.h"

#include <string.h>

enum rank { RANK_CHANGES, RANK_SAYS, RANK_REST, RANKS };

/* Tags of which a trace may have any number without anything having changed. */
#define IDLE_TAGS                                                         \
	(1u << CT_TAG_FILE | 1u << CT_TAG_MESSAGE | 1u << CT_TAG_FAILED | \
	 1u << CT_TAG_BENIGN)

static enum rank rank_of(const struct ct_fact *fact)
{
	if (fact->event->kind != CT_EVENT_CALL || fact->tags & ~IDLE_TAGS)
		return RANK_CHANGES;
	if (fact->tags & 1u << CT_TAG_BENIGN)
		return RANK_REST;
	return fact->tags & (1u << CT_TAG_MESSAGE | 1u << CT_TAG_FAILED) ? RANK_SAYS
									 : RANK_REST;
}

static void refer(unsigned char *ranks, const struct ct_model *model, long event)
{
	if (event >= 0 && (size_t)event < model->n_facts)
		ranks[event] = RANK_CHANGES;
}

static unsigned char *rank_all(const struct ct_model *model, struct ct_arena *arena)
{
	unsigned char *ranks = ct_arena_array(arena, unsigned char, model->n_facts);

	for (size_t i = 0; i < model->n_facts; i++)
		ranks[i] = (unsigned char)rank_of(&model->facts[i]);
	for (size_t i = 0; i < model->n_handovers; i++) {
		refer(ranks, model, model->handovers[i].from_event);
		refer(ranks, model, (long)model->handovers[i].event);
	}
	for (size_t i = 0; i < model->n_findings; i++)
		refer(ranks, model, model->findings[i].event);
	return ranks;
}

/* Which are shown; how many of them there are. */
static size_t choose(const struct ct_model *model, size_t most, bool *facts,
		     struct ct_arena *arena)
{
	const unsigned char *ranks = rank_all(model, arena);
	size_t n = 0;

	for (int rank = 0; rank < RANKS; rank++)
		for (size_t i = 0; i < model->n_facts && n < most; i++)
			if (ranks[i] == rank && ct_fact_is_shown(model, i)) {
				facts[i] = true;
				n++;
			}
	return n;
}

/* Who is shown stays shown, whatever of its events is not. */
static const bool *all_of(const bool *before, size_t n, struct ct_arena *arena)
{
	return before ? before : memset(ct_arena_array(arena, bool, n + 1), true, n);
}

static const char *words(const struct ct_selection *before, struct ct_arena *arena)
{
	static const char rule[] = "what changes something, and of the rest the first; "
				   "all would be too many here, --filter shows others";

	return before ? ct_arena_printf(arena, "%s; %s", before->expression, rule) : rule;
}

const struct ct_model *ct_excerpt(const struct ct_model *model, size_t most,
				  struct ct_arena *arena)
{
	const struct ct_selection *before = model->selection;
	struct ct_model *excerpt;
	struct ct_selection *s;
	size_t *places, *shown;
	bool *facts;

	if ((before ? before->n_shown : model->n_facts) <= most)
		return model;
	excerpt = ct_arena_memdup(arena, model, sizeof(*model));
	s = ct_arena_array(arena, struct ct_selection, 1);
	facts = ct_arena_array(arena, bool, model->n_facts);
	places = ct_arena_array(arena, size_t, model->n_facts);
	shown = ct_arena_array(arena, size_t, choose(model, most, facts, arena));
	*s = (struct ct_selection){
		.expression = words(before, arena),
		.each = before && before->each,
		.facts = facts,
		.places = places,
		.shown = shown,
		.processes = all_of(before ? before->processes : NULL, model->n_processes,
				    arena),
		.containers = all_of(before ? before->containers : NULL,
				     model->n_containers, arena),
	};
	for (size_t i = 0; i < model->n_facts; i++)
		if (facts[i]) {
			places[i] = s->n_shown;
			shown[s->n_shown++] = i;
		}
	excerpt->selection = s;
	return excerpt;
}
