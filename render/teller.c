/* SPDX-License-Identifier: MIT */
/* In which order events are told, and what is remembered meanwhile. */
#include "alloc.h"
#include "lookup.h"
#include "tell.h"

#include <stdlib.h>
#include <string.h>

struct moment {
	int64_t t_ns;
	size_t event;
};

static int compare_moments(const void *left, const void *right)
{
	const struct moment *a = left, *b = right;

	if (a->t_ns != b->t_ns)
		return a->t_ns < b->t_ns ? -1 : 1;
	return a->event < b->event ? -1 : a->event > b->event;
}

/* A trace has calls in the order in which they returned; a story tells when they began.
 */
static struct moment *by_time(const struct ct_model *model)
{
	struct moment *order = ct_alloc(model->n_facts * sizeof(*order));

	for (size_t i = 0; i < model->n_facts; i++)
		order[i] = (struct moment){ model->facts[i].event->t_ns, i };
	qsort(order, model->n_facts, sizeof(*order), compare_moments);
	return order;
}

/* Room for what the model has by now. */
static void grow(struct ct_teller *t)
{
	const struct ct_model *model = t->story->model;

	if (model->n_facts > t->cap_events) {
		size_t cap = 2 * model->n_facts;

		t->ns_owner = ct_realloc(t->ns_owner, cap, sizeof(*t->ns_owner));
		memset(t->ns_owner + t->cap_events, -1,
		       (cap - t->cap_events) * sizeof(*t->ns_owner));
		t->cap_events = cap;
	}
	if (model->n_processes > t->cap_processes) {
		size_t old = t->cap_processes, cap = 2 * model->n_processes;
		const size_t latest = CT_ITEM_KINDS * sizeof(*t->latest);

		t->latest = ct_realloc(t->latest, cap, latest);
		t->last = ct_realloc(t->last, cap, sizeof(*t->last));
		t->exit_told = ct_realloc(t->exit_told, cap, sizeof(*t->exit_told));
		memset((char *)t->latest + old * latest, 0, (cap - old) * latest);
		memset(t->last + old, 0, (cap - old) * sizeof(*t->last));
		memset(t->exit_told + old, 0, (cap - old) * sizeof(*t->exit_told));
		t->cap_processes = cap;
	}
}

void ct_teller_init(struct ct_teller *t, struct ct_story *story)
{
	*t = (struct ct_teller){ .story = story };
	grow(t);
}

void ct_teller_release(struct ct_teller *t)
{
	free(t->ns_owner);
	free(t->last);
	free(t->latest);
	free(t->exit_told);
}

static void find_owners(struct ct_teller *t, int process)
{
	const struct ct_model *model = t->story->model;
	const struct ct_process *p = &model->processes[process];

	for (size_t i = p->n_ns_changes; i-- > 0;)
		if (p->ns_changes[i].event < model->n_facts)
			t->ns_owner[p->ns_changes[i].event] = process;
}

void ct_teller_tell_last(struct ct_teller *t)
{
	size_t event = t->story->model->n_facts - 1;
	const struct ct_fact *fact = &t->story->model->facts[event];

	grow(t);
	if (fact->n_ns && fact->process >= 0)
		find_owners(t, fact->process);
	ct_teller_tell(t, event);
}

void ct_story_tell(struct ct_story *story)
{
	const struct ct_model *model = story->model;
	struct ct_teller t;
	struct moment *order;

	ct_teller_init(&t, story);
	for (size_t i = 0; i < model->n_processes; i++)
		find_owners(&t, (int)i);
	order = by_time(model);
	for (size_t i = 0; i < model->n_facts; i++)
		if (ct_fact_is_shown(model, order[i].event))
			ct_teller_tell(&t, order[i].event);
	free(order);
	ct_teller_release(&t);
}
