/* SPDX-License-Identifier: MIT */
/* Finding who made what another process joined. */
#include "handover.h"

#include "alloc.h"

#include <stdlib.h>

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static bool same_namespace(const struct ct_visit *a, const struct ct_visit *b)
{
	return a->change->type == b->change->type && a->change->to == b->change->to;
}

/* By namespace; in each the first maker first. */
static int compare_visits(const void *left, const void *right)
{
	const struct ct_visit *a = left, *b = right;

	if (a->change->type != b->change->type)
		return COMPARE(a->change->type, b->change->type);
	if (a->change->to != b->change->to)
		return COMPARE(a->change->to, b->change->to);
	return COMPARE(a->change->event, b->change->event);
}

void ct_makers_init(struct ct_makers *makers, const struct ct_model *model)
{
	*makers = (struct ct_makers){ 0 };
	for (size_t i = 0; i < model->n_processes; i++)
		for (size_t j = 0; j < model->processes[i].n_ns_changes; j++) {
			const struct ct_ns_change *c = &model->processes[i].ns_changes[j];

			if (c->to && c->how != CT_NS_SETNS)
				*ct_push(makers->items, makers->n, makers->cap) =
					(struct ct_visit){ c, (int)i };
		}
	if (makers->n)
		qsort(makers->items, makers->n, sizeof(*makers->items), compare_visits);
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

void ct_hand_overs_init(struct ct_hand_overs *overs, const struct ct_model *model)
{
	*overs = (struct ct_hand_overs){ 0 };
	for (size_t i = 0; i < model->n_handovers; i++) {
		const struct ct_handover *h = &model->handovers[i];

		if (h->kind != CT_HANDOVER_NAMESPACE && h->kind != CT_HANDOVER_CGROUP)
			continue;
		*ct_push(overs->items, overs->n, overs->cap) = (struct ct_hand_over){
			.from = h->from,
			.to = h->to,
			.from_ns = h->from_ns,
			.to_ns = h->to_ns,
			.event = h->event,
			.what = h->kind == CT_HANDOVER_CGROUP ? "cgroup" : h->label
		};
	}
}

void ct_hand_overs_release(struct ct_hand_overs *overs)
{
	free(overs->items);
	*overs = (struct ct_hand_overs){ 0 };
}
