/* SPDX-License-Identifier: MIT */
/*
 * A model as a picture is to show it. Whatever other records hold an index of stays where
 * it is, and the selection says what of it is shown; all other lists are cut to what was
 * selected. So no picture needs to know what a filter is.
 */
#include "query.h"

#include "alloc.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct selected {
	struct ct_model model; /* first: this is what is handed out */
	struct ct_selection selection;
	bool *facts, *processes, *containers;
	size_t *places, *shown;
	struct ct_arena arena;
};

static void find_shown(struct selected *s, const struct ct_query *query,
		       const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_facts; i++) {
		const struct ct_fact *fact = &model->facts[i];

		if (!ct_query_matches(query, model, fact, fact->event))
			continue;
		s->facts[i] = true;
		s->places[i] = s->selection.n_shown;
		s->shown[s->selection.n_shown++] = i;
		if (fact->process >= 0)
			s->processes[fact->process] = true;
		if (fact->container >= 0)
			s->containers[fact->container] = true;
		if (fact->cgroup >= 0)
			s->processes[model->cgroup_changes[fact->cgroup].process] = true;
	}
	/* who came into other namespaces did so by its creator's call */
	for (size_t i = 0; i < model->n_processes; i++)
		for (size_t j = 0; j < model->processes[i].n_ns_changes; j++)
			if (s->facts[model->processes[i].ns_changes[j].event])
				s->processes[i] = true;
}

static bool is_shown(const struct selected *s, long event)
{
	return event >= 0 && (size_t)event < s->model.n_facts && s->facts[event];
}

/* -------- lists whose entries tell which event they are of -------- */

/* Where an entry of a list has the index of its event. */
struct list_shape {
	size_t size, event;
	bool is_long; /* a long, which may be -1; else a size_t */
};

#define SHAPE(type, is_long)                                 \
	{                                                    \
		sizeof(type), offsetof(type, event), is_long \
	}

/* A copy with those entries alone whose event is shown; *n becomes how many. */
static void *keep_shown(struct selected *s, const struct list_shape *shape,
			const void *items, size_t *n)
{
	char *kept = ct_arena_alloc(&s->arena, *n * shape->size + 1);
	size_t n_kept = 0;

	for (size_t i = 0; i < *n; i++) {
		const char *item = (const char *)items + i * shape->size;
		const void *at = item + shape->event;
		long event =
			shape->is_long ? *(const long *)at : (long)*(const size_t *)at;

		if (is_shown(s, event))
			memcpy(kept + n_kept++ * shape->size, item, shape->size);
	}
	*n = n_kept;
	return kept;
}

/* A mount that is shown, on one that is not, stands at the top. */
static void keep_mount_table(struct selected *s, struct ct_container *c)
{
	struct ct_mounted *all = c->mount_table;
	int *place = ct_arena_array(&s->arena, int, c->n_mount_table + 1);
	size_t n = 0;

	c->mount_table =
		ct_arena_array(&s->arena, struct ct_mounted, c->n_mount_table + 1);
	for (size_t i = 0; i < c->n_mount_table; i++)
		place[i] = is_shown(s, all[i].event) ? (int)n++ : -1;
	for (size_t i = 0; i < c->n_mount_table; i++) {
		int parent = all[i].parent;

		if (place[i] < 0)
			continue;
		c->mount_table[place[i]] = all[i];
		c->mount_table[place[i]].parent =
			parent >= 0 && (size_t)parent < c->n_mount_table ? place[parent]
									 : -1;
	}
	c->n_mount_table = n;
}

static void keep_container(struct selected *s, struct ct_container *c)
{
	static const struct list_shape mount = SHAPE(struct ct_mount, false);
	static const struct list_shape limit = SHAPE(struct ct_limit, false);
	static const struct list_shape rlimit = SHAPE(struct ct_rlimit, false);
	static const struct list_shape file = SHAPE(struct ct_changed_file, false);
	static const struct list_shape wall = SHAPE(struct ct_wall, false);
	static const struct list_shape asked = SHAPE(struct ct_asked, true);

	c->mounts = keep_shown(s, &mount, c->mounts, &c->n_mounts);
	c->limits = keep_shown(s, &limit, c->limits, &c->n_limits);
	c->rlimits = keep_shown(s, &rlimit, c->rlimits, &c->n_rlimits);
	c->changed_files = keep_shown(s, &file, c->changed_files, &c->n_changed_files);
	c->walls = keep_shown(s, &wall, c->walls, &c->n_walls);
	c->asked = keep_shown(s, &asked, c->asked, &c->n_asked);
	keep_mount_table(s, c);
}

static void keep_containers(struct selected *s)
{
	const struct ct_container *all = s->model.containers;

	s->model.containers =
		ct_arena_array(&s->arena, struct ct_container, s->model.n_containers + 1);
	for (size_t i = 0; i < s->model.n_containers; i++) {
		s->model.containers[i] = all[i];
		keep_container(s, &s->model.containers[i]);
	}
}

static void keep_processes(struct selected *s)
{
	static const struct list_shape change = SHAPE(struct ct_ns_change, false);
	const struct ct_process *all = s->model.processes;

	s->model.processes =
		ct_arena_array(&s->arena, struct ct_process, s->model.n_processes + 1);
	for (size_t i = 0; i < s->model.n_processes; i++) {
		struct ct_process *p = &s->model.processes[i];

		*p = all[i];
		p->ns_changes = keep_shown(s, &change, p->ns_changes, &p->n_ns_changes);
	}
}

/* Phases in which something is shown. */
static void keep_phases(struct selected *s)
{
	const struct ct_phase *all = s->model.phases;
	size_t n = 0;

	s->model.phases =
		ct_arena_array(&s->arena, struct ct_phase, s->model.n_phases + 1);
	for (size_t i = 0; i < s->model.n_phases; i++)
		for (size_t f = 0; f < s->model.n_facts; f++) {
			const struct ct_fact *fact = &s->model.facts[f];
			const struct subject subject = { &s->model, fact, fact->event };

			if (!s->facts[f] || !field_is_in_phase(&subject, &all[i]))
				continue;
			s->model.phases[n++] = all[i];
			break;
		}
	s->model.n_phases = n;
}

/* Networks that somebody who is shown has made, joined or changed. */
static void keep_networks(struct selected *s)
{
	const struct ct_network *all = s->model.networks;
	size_t n = 0;

	s->model.networks =
		ct_arena_array(&s->arena, struct ct_network, s->model.n_networks + 1);
	for (size_t i = 0; i < s->model.n_networks; i++) {
		bool shown = all[i].made_by >= 0 && s->processes[all[i].made_by];

		for (size_t j = 0; j < all[i].n_joined; j++)
			shown |= s->processes[all[i].joined[j]];
		for (size_t j = 0; j < s->model.n_net_requests; j++)
			shown |= s->model.net_requests[j].net == all[i].inode;
		if (shown)
			s->model.networks[n++] = all[i];
	}
	s->model.n_networks = n;
}

/* Expressions about calls are asked by who wants to see calls. */
static bool asks_for_each(const struct ct_query *query)
{
	for (const struct node *node = query->nodes; node; node = node->next)
		if (node->kind == NODE_TEST && node->field->each)
			return true;
	return false;
}

const struct ct_model *ct_query_select(const struct ct_query *query,
				       const struct ct_model *model)
{
	static const struct list_shape request = SHAPE(struct ct_net_request, false);
	static const struct list_shape handover = SHAPE(struct ct_handover, false);
	struct selected *s = ct_alloc(sizeof(*s));

	s->model = *model;
	s->facts = ct_arena_array(&s->arena, bool, model->n_facts + 1);
	s->places = ct_arena_array(&s->arena, size_t, model->n_facts + 1);
	s->shown = ct_arena_array(&s->arena, size_t, model->n_facts + 1);
	s->processes = ct_arena_array(&s->arena, bool, model->n_processes + 1);
	s->containers = ct_arena_array(&s->arena, bool, model->n_containers + 1);
	find_shown(s, query, model);
	s->selection.expression = query->expression;
	s->selection.each = asks_for_each(query);
	s->selection.facts = s->facts;
	s->selection.places = s->places;
	s->selection.shown = s->shown;
	s->selection.processes = s->processes;
	s->selection.containers = s->containers;
	s->model.selection = &s->selection;
	keep_phases(s);
	keep_processes(s);
	keep_containers(s);
	s->model.net_requests =
		keep_shown(s, &request, model->net_requests, &s->model.n_net_requests);
	s->model.handovers =
		keep_shown(s, &handover, model->handovers, &s->model.n_handovers);
	keep_networks(s);
	return &s->model;
}

void ct_query_unselect(const struct ct_model *selected)
{
	struct selected *s = (struct selected *)(uintptr_t)selected;

	if (!s)
		return;
	ct_arena_release(&s->arena);
	free(s);
}
