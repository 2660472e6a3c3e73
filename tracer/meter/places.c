/* SPDX-License-Identifier: MIT */
/* Which cgroups are one place, and when a new one is opened. */
#include "places.h"

#include "alloc.h"
#include "cgroup.h"

#include <stdlib.h>
#include <string.h>

#define PLACES_MAX 64 /* with up to 24 files each */

void ct_places_init(struct ct_places *places, struct ct_span own)
{
	ct_proc_cgroup(&places->own, own, &places->arena);
}

void ct_places_release(struct ct_places *places)
{
	for (size_t i = 0; i < places->n; i++)
		ct_place_free(places->place[i]);
	free(places->place);
	ct_arena_release(&places->arena);
}

static const struct ct_cgroup *own_of(const struct ct_places *p, int hierarchy)
{
	for (size_t i = 0; i < p->own.n_cgroups; i++)
		if (p->own.cgroups[i].hierarchy == hierarchy)
			return &p->own.cgroups[i];
	return NULL;
}

/* The place that has one of these cgroups already. */
static struct ct_place *find(const struct ct_places *p, const struct ct_cgroup *cgroup)
{
	for (size_t i = 0; i < p->n; i++)
		if (!p->place[i]->gone && ct_place_has(p->place[i], cgroup))
			return p->place[i];
	return NULL;
}

/* The oldest one whose cgroup was removed makes room. */
static bool make_room(struct ct_places *p)
{
	if (p->n < PLACES_MAX)
		return true;
	for (size_t i = 0; i < p->n; i++) {
		if (!p->place[i]->gone)
			continue;
		ct_place_free(p->place[i]);
		p->n--;
		memmove(p->place + i, p->place + i + 1, (p->n - i) * sizeof(*p->place));
		return true;
	}
	p->crowded = true;
	return false;
}

static struct ct_place *add(struct ct_places *p, const struct ct_cgroup *cgroup,
			    struct ct_task_id task)
{
	struct ct_place *place;

	if (!make_room(p))
		return NULL;
	place = ct_place_new(cgroup, task);
	*ct_push(p->place, p->n, p->cap) = place;
	return place;
}

/* One cgroup of a task. Its place is that of the one before, if it can be. */
static struct ct_place *enter(struct ct_places *p, const struct ct_cgroup *cgroup,
			      struct ct_place *before, struct ct_task_id task)
{
	const struct ct_cgroup *own = own_of(p, cgroup->hierarchy);
	struct ct_place *place = find(p, cgroup);
	int apart = ct_hierarchy_apart(cgroup->path, own ? own->path : "/");
	char *dir;

	if (place || !apart)
		return place ? place : before;
	dir = ct_hierarchy_directory(cgroup, p->mounts, p->n_mounts);
	if (!dir)
		return before;
	place = before && ct_place_could_have(before, cgroup) ? before
							      : add(p, cgroup, task);
	if (place)
		ct_place_open(place, cgroup, dir, apart - 1);
	free(dir);
	return place ? place : before;
}

/* The one that is known first: others may join it. */
static struct ct_place *find_any(const struct ct_places *p, const struct ct_state *state)
{
	struct ct_place *place = NULL;

	for (size_t i = 0; i < state->n_cgroups && !place; i++)
		place = find(p, &state->cgroups[i]);
	return place;
}

void ct_places_enter(struct ct_places *places, struct ct_task_id task,
		     struct ct_span text)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_state state = { 0 };
	struct ct_place *place;

	ct_proc_cgroup(&state, text, &arena);
	place = find_any(places, &state);
	for (size_t i = 0; i < state.n_cgroups; i++)
		place = enter(places, &state.cgroups[i], place, task);
	ct_arena_release(&arena);
}

struct ct_place *ct_places_find(const struct ct_places *places, struct ct_span text)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_state state = { 0 };
	struct ct_place *place;

	ct_proc_cgroup(&state, text, &arena);
	place = find_any(places, &state);
	ct_arena_release(&arena);
	return place;
}
