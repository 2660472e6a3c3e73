/* SPDX-License-Identifier: MIT */
/* A comparison, from two models to everything that differs. */
#include "cttrace/diff.h"

#include "alloc.h"
#include "aspect.h"
#include "deviation.h"
#include "match.h"
#include "phases.h"

#include <stdlib.h>

const char *ct_diff_change_name(enum ct_diff_change change)
{
	static const char *const names[] = { [CT_DIFF_ONLY_A] = "only-a",
					     [CT_DIFF_ONLY_B] = "only-b",
					     [CT_DIFF_RESULT] = "result" };

	return names[change];
}

/* A matter of chance is no difference: made up names, files, repetitions. */
static bool is_same(const struct ct_diff *diff)
{
	for (size_t i = 0; i < diff->n_aspects; i++)
		if (diff->aspects[i].n_items && !diff->aspects[i].view)
			return false;
	for (size_t i = 0; i < diff->n_steps; i++)
		if (diff->steps[i].weight >= 2 && !diff->steps[i].again)
			return false;
	return !diff->n_deviations;
}

struct ct_diff *ct_diff_new(const struct ct_model *a, const struct ct_model *b)
{
	struct ct_diff *diff = ct_alloc(sizeof(*diff));
	struct normal normal[CT_DIFF_SIDES];
	struct steps steps[CT_DIFF_SIDES];
	struct pairs pairs;

	diff->model[CT_DIFF_A] = a;
	diff->model[CT_DIFF_B] = b;
	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++) {
		normal_init(&normal[side], diff->model[side], &diff->arena);
		steps_collect(&steps[side], diff->model[side], &normal[side],
			      &diff->arena);
	}
	pairs_find(&pairs, diff->model, normal, &diff->arena);
	match_steps(diff, &pairs, steps);
	aspects_compare(diff, &pairs, normal);
	phases_compare(diff);
	deviations_find(diff, steps);
	diff->same = is_same(diff);
	return diff;
}

void ct_diff_free(struct ct_diff *diff)
{
	if (!diff)
		return;
	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++)
		ct_diagnosis_free(diff->diagnosis[side]);
	free(diff->containers);
	free(diff->aspects);
	free(diff->processes);
	free(diff->steps);
	free(diff->phases);
	ct_arena_release(&diff->arena);
	free(diff);
}
