/* SPDX-License-Identifier: MIT */
/* Finding who made what another process joined. */
#include "handover.h"

#include "alloc.h"
#include "lookup.h"

#include <stdlib.h>

struct visit {
	const struct ct_ns_change *change;
	int process;
};

struct visits {
	struct visit *items;
	size_t n, cap;
};

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static bool is_joined(const struct visit *visit)
{
	return visit->change->how == CT_NS_SETNS;
}

static bool same_namespace(const struct visit *a, const struct visit *b)
{
	return a->change->type == b->change->type && a->change->to == b->change->to;
}

/* By namespace; in each first who made it, then the visitors with their visits. */
static int compare_visits(const void *left, const void *right)
{
	const struct visit *a = left, *b = right;

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

static struct visits collect(const struct ct_model *model)
{
	struct visits visits = { 0 };

	for (size_t i = 0; i < model->n_processes; i++)
		for (size_t j = 0; j < model->processes[i].n_ns_changes; j++) {
			const struct ct_ns_change *c = &model->processes[i].ns_changes[j];

			if (c->to)
				*ct_push(visits.items, visits.n, visits.cap) =
					(struct visit){ c, (int)i };
		}
	if (visits.n)
		qsort(visits.items, visits.n, sizeof(*visits.items), compare_visits);
	return visits;
}

static void add_joins(struct ct_hand_overs *overs, const struct visits *visits)
{
	const struct visit *maker = NULL;

	for (size_t i = 0; i < visits->n; i++) {
		const struct visit *v = &visits->items[i];
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
	struct visits visits = collect(model);

	*overs = (struct ct_hand_overs){ 0 };
	add_joins(overs, &visits);
	add_moves(overs, model);
	if (overs->n)
		qsort(overs->items, overs->n, sizeof(*overs->items), compare_overs);
	free(visits.items);
}

void ct_hand_overs_release(struct ct_hand_overs *overs)
{
	free(overs->items);
	*overs = (struct ct_hand_overs){ 0 };
}
