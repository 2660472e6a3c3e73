/* SPDX-License-Identifier: MIT */
/* Finding who made what another process joined. */
#include "handover.h"

#include "alloc.h"
#include "lookup.h"

#include <stdlib.h>

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static bool is_joined(const struct ct_visit *visit)
{
	return visit->change->how == CT_NS_SETNS;
}

static bool same_namespace(const struct ct_visit *a, const struct ct_visit *b)
{
	return a->change->type == b->change->type && a->change->to == b->change->to;
}

/* By namespace; in each first who made it, then the visitors with their visits. */
static int compare_visits(const void *left, const void *right)
{
	const struct ct_visit *a = left, *b = right;

	if (a->change->type != b->change->type)
		return COMPARE(a->change->type, b->change->type);
	if (a->change->to != b->change->to)
		return COMPARE(a->change->to, b->change->to);
	if (is_joined(a) != is_joined(b))
		return is_joined(a) ? 1 : -1;
	if (is_joined(a) && a->process != b->process)
		return COMPARE(a->process, b->process);
	return COMPARE(a->change->event, b->change->event);
}

static int compare_overs(const void *left, const void *right)
{
	const struct ct_hand_over *a = left, *b = right;

	if (a->event != b->event)
		return COMPARE(a->event, b->event);
	return COMPARE(a->to, b->to);
}

/* Those who made a namespace; with `joins`, also those who joined one. */
static struct ct_makers collect(const struct ct_model *model, bool joins)
{
	struct ct_makers visits = { 0 };

	for (size_t i = 0; i < model->n_processes; i++)
		for (size_t j = 0; j < model->processes[i].n_ns_changes; j++) {
			const struct ct_ns_change *c = &model->processes[i].ns_changes[j];

			if (c->to && (joins || c->how != CT_NS_SETNS))
				*ct_push(visits.items, visits.n, visits.cap) =
					(struct ct_visit){ c, (int)i };
		}
	if (visits.n)
		qsort(visits.items, visits.n, sizeof(*visits.items), compare_visits);
	return visits;
}

void ct_makers_init(struct ct_makers *makers, const struct ct_model *model)
{
	*makers = collect(model, false);
}

const struct ct_visit *ct_makers_find(const struct ct_makers *makers,
				      const struct ct_ns_change *change)
{
	const struct ct_visit wanted = { change, -1 };
	size_t low = 0, high = makers->n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct ct_ns_change *c = makers->items[middle].change;

		if (c->type < change->type ||
		    (c->type == change->type && c->to < change->to))
			low = middle + 1;
		else
			high = middle;
	}
	if (low == makers->n || !same_namespace(&makers->items[low], &wanted) ||
	    makers->items[low].change->event >= change->event)
		return NULL;
	return &makers->items[low];
}

void ct_makers_release(struct ct_makers *makers)
{
	free(makers->items);
	*makers = (struct ct_makers){ 0 };
}

static void add_joins(struct ct_hand_overs *overs, const struct ct_makers *visits)
{
	const struct ct_visit *maker = NULL;

	for (size_t i = 0; i < visits->n; i++) {
		const struct ct_visit *v = &visits->items[i];
		bool first = !i || !same_namespace(v, v - 1);

		if (first)
			maker = is_joined(v) ? NULL : v;
		if (!maker || !is_joined(v) || maker->process == v->process)
			continue;
		if (!first && is_joined(v - 1) && v[-1].process == v->process)
			continue;
		*ct_push(overs->items, overs->n, overs->cap) =
			(struct ct_hand_over){ .from = maker->process,
					       .to = v->process,
					       .from_ns = maker->change->t_ns,
					       .to_ns = v->change->t_ns,
					       .event = v->change->event,
					       .what = ct_ns_name(v->change->type) };
	}
}

static void add_moves(struct ct_hand_overs *overs, const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_cgroup_changes; i++) {
		const struct ct_cgroup_change *c = &model->cgroup_changes[i];

		if (!ct_process_at(model, c->process) ||
		    !ct_process_at(model, c->writer) || c->process == c->writer)
			continue;
		*ct_push(overs->items, overs->n, overs->cap) =
			(struct ct_hand_over){ .from = c->writer,
					       .to = c->process,
					       .from_ns = c->t_ns,
					       .to_ns = c->t_ns,
					       .event = c->event,
					       .what = "cgroup" };
	}
}

void ct_hand_overs_init(struct ct_hand_overs *overs, const struct ct_model *model)
{
	struct ct_makers visits = collect(model, true);

	*overs = (struct ct_hand_overs){ 0 };
	add_joins(overs, &visits);
	add_moves(overs, model);
	if (overs->n)
		qsort(overs->items, overs->n, sizeof(*overs->items), compare_overs);
	ct_makers_release(&visits);
}

void ct_hand_overs_release(struct ct_hand_overs *overs)
{
	free(overs->items);
	*overs = (struct ct_hand_overs){ 0 };
}
