/* SPDX-License-Identifier: MIT */
/* A comparison, from two models to everything that differs. */
#include "cttrace/diff.h"

#include "alloc.h"
#include "aspect.h"
#include "deviation.h"
#include "match.h"
#include "parallel.h"
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

enum { MANY = 20000 }; /* facts: fewer are not worth a thread */

struct sides {
	const struct ct_diff *diff;
	struct normal normal[CT_DIFF_SIDES];
	struct steps steps[CT_DIFF_SIDES];
	struct ct_arena arena[CT_DIFF_SIDES]; /* one of its own for each thread */
};

static void collect(void *all, size_t side)
{
	struct sides *s = all;
	const struct ct_model *model = s->diff->model[side];

	normal_init(&s->normal[side], model, &s->arena[side]);
	steps_collect(&s->steps[side], model, &s->normal[side], &s->arena[side]);
}

struct ct_diff *ct_diff_new(const struct ct_model *a, const struct ct_model *b)
{
	struct ct_diff *diff = ct_alloc(sizeof(*diff));
	struct sides sides = { .diff = diff };
	struct normal *normal = sides.normal;
	struct steps *steps = sides.steps;
	struct pairs pairs;

	diff->model[CT_DIFF_A] = a;
	diff->model[CT_DIFF_B] = b;
	if (a->n_facts + b->n_facts >= MANY)
		ct_parallel(CT_DIFF_SIDES, collect, &sides);
	else
		for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++)
			collect(&sides, side);
	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++)
		ct_arena_adopt(&diff->arena, &sides.arena[side]);
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
