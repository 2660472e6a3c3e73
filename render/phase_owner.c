/* SPDX-License-Identifier: MIT */
/* Finding the large phase of each step. */
#include "phase_owner.h"

#include "alloc.h"

#include <stdlib.h>

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

/* Container by container in the order of time, a large phase before its steps. */
static int compare(const void *left, const void *right)
{
	const struct ct_phase *a = *(const struct ct_phase *const *)left;
	const struct ct_phase *b = *(const struct ct_phase *const *)right;

	if (a->container != b->container)
		return COMPARE(a->container, b->container);
	if (a->start_ns != b->start_ns)
		return COMPARE(a->start_ns, b->start_ns);
	if (!a->step != !b->step)
		return a->step ? 1 : -1;
	return COMPARE(a, b);
}

static const struct ct_phase *first_large(const struct ct_phase **order, size_t n,
					  size_t from)
{
	for (size_t i = from; i < n && order[i]->container == order[from]->container; i++)
		if (!order[i]->step)
			return order[i];
	return NULL;
}

size_t *ct_phase_owners(const struct ct_model *model)
{
	size_t n = model->n_phases;
	size_t *owners = ct_alloc((n + 1) * sizeof(*owners));
	const struct ct_phase **order = ct_alloc((n + 1) * sizeof(*order));
	const struct ct_phase *owner = NULL;

	for (size_t i = 0; i < n; i++)
		order[i] = &model->phases[i];
	qsort(order, n, sizeof(*order), compare);
	for (size_t i = 0; i < n; i++) {
		if (!i || order[i]->container != order[i - 1]->container)
			owner = first_large(order, n, i);
		if (!order[i]->step)
			owner = order[i];
		owners[order[i] - model->phases] =
			order[i]->step && owner ? (size_t)(owner - model->phases) : n;
	}
	free(order);
	return owners;
}
