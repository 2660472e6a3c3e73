/* SPDX-License-Identifier: MIT */
/* Finding the large phase of each step. */
#include "phase_owner.h"

#include "alloc.h"

#include <stdlib.h>

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

/* Container by container in the order of time, a large phase before its steps. */
static int compare(const void *left, const void *right, void *phases)
{
	size_t first = *(const size_t *)left, second = *(const size_t *)right;
	const struct ct_phase *a = (const struct ct_phase *)phases + first;
	const struct ct_phase *b = (const struct ct_phase *)phases + second;

	if (a->container != b->container)
		return COMPARE(a->container, b->container);
	if (a->start_ns != b->start_ns)
		return COMPARE(a->start_ns, b->start_ns);
	if (!a->step != !b->step)
		return a->step ? 1 : -1;
	return COMPARE(first, second);
}

/* The first large phase of the container that the order goes on with; n_phases: none. */
static size_t first_large(const struct ct_model *model, const size_t *order, size_t from)
{
	int container = model->phases[order[from]].container;

	for (size_t i = from; i < model->n_phases; i++) {
		const struct ct_phase *p = &model->phases[order[i]];

		if (p->container != container)
			break;
		if (!p->step)
			return order[i];
	}
	return model->n_phases;
}

size_t *ct_phase_owners(const struct ct_model *model)
{
	size_t n = model->n_phases, owner = n;
	size_t *owners = ct_alloc((n + 1) * sizeof(*owners));
	size_t *order = ct_alloc((n + 1) * sizeof(*order));

	for (size_t i = 0; i < n; i++)
		order[i] = i;
	qsort_r(order, n, sizeof(*order), compare, model->phases);
	for (size_t i = 0; i < n; i++) {
		const struct ct_phase *p = &model->phases[order[i]];

		if (!i || p->container != model->phases[order[i - 1]].container)
			owner = first_large(model, order, i);
		if (!p->step)
			owner = order[i];
		owners[order[i]] = p->step ? owner : n;
	}
	free(order);
	return owners;
}
