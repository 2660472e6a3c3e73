/* SPDX-License-Identifier: MIT */
/* The phases of both runs by name, those that come in pieces added up. */
#include "phases.h"

#include "alloc.h"

#include <string.h>

static struct ct_diff_phase *phase_of(struct ct_diff *diff, const struct ct_phase *phase,
				      size_t *cap)
{
	struct ct_diff_phase *new;

	for (size_t i = 0; i < diff->n_phases; i++)
		if (diff->phases[i].step == phase->step &&
		    !strcmp(diff->phases[i].name, phase->name))
			return &diff->phases[i];
	new = ct_push(diff->phases, diff->n_phases, *cap);
	*new = (struct ct_diff_phase){ .name = phase->name,
				       .step = phase->step,
				       .ns = { -1, -1 } };
	return new;
}

void phases_compare(struct ct_diff *diff)
{
	size_t cap = 0;

	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++)
		for (size_t i = 0; i < diff->model[side]->n_phases; i++) {
			const struct ct_phase *phase = &diff->model[side]->phases[i];
			int64_t *ns = &phase_of(diff, phase, &cap)->ns[side];

			*ns = (*ns < 0 ? 0 : *ns) +
			      (phase->step ? phase->busy_ns
					   : phase->end_ns - phase->start_ns);
		}
}
