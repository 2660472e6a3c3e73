/* SPDX-License-Identifier: MIT */
/*
 * Steps are bound from the surest to the vaguest: in order with the same result, out of
 * order (threads race), done by another process, with another result. What is left was
 * done by one only.
 */
#include "match.h"

#include "align.h"
#include "alloc.h"

#include <stdlib.h>
#include <string.h>

typedef void align_fn(struct align_item *a, size_t n, struct align_item *b, size_t m);

struct matcher {
	struct ct_diff *diff;
	const struct pairs *pairs;
	struct steps *steps;
	struct align_item *items[CT_DIFF_SIDES]; /* room for all steps */
	size_t *at[CT_DIFF_SIDES];               /* which steps they are */
	size_t n[CT_DIFF_SIDES];
};

static void take(struct matcher *m, enum ct_diff_side side, size_t from, size_t to,
		 bool results)
{
	struct step *all = m->steps[side].all;

	for (size_t i = from; i < to; i++) {
		if (all[i].other >= 0)
			continue;
		m->items[side][m->n[side]] =
			(struct align_item){ results ? all[i].result : all[i].key, -1 };
		m->at[side][m->n[side]++] = i;
	}
}

static void bind(struct matcher *m, align_fn *how, bool results)
{
	how(m->items[CT_DIFF_A], m->n[CT_DIFF_A], m->items[CT_DIFF_B], m->n[CT_DIFF_B]);
	for (size_t i = 0; i < m->n[CT_DIFF_A]; i++) {
		long other = m->items[CT_DIFF_A][i].other;
		size_t a = m->at[CT_DIFF_A][i], b;

		if (other < 0)
			continue;
		b = m->at[CT_DIFF_B][other];
		m->steps[CT_DIFF_A].all[a].other = (long)b;
		m->steps[CT_DIFF_B].all[b].other = (long)a;
		m->steps[CT_DIFF_A].all[a].other_result = !results;
		m->steps[CT_DIFF_B].all[b].other_result = !results;
	}
	m->n[CT_DIFF_A] = m->n[CT_DIFF_B] = 0;
}

static void bind_processes(struct matcher *m, align_fn *how, bool results)
{
	const int *counterpart = m->pairs->process[CT_DIFF_A];

	for (size_t a = 0; a < m->diff->model[CT_DIFF_A]->n_processes; a++) {
		size_t b = counterpart[a] < 0 ? 0 : (size_t)counterpart[a];

		if (counterpart[a] < 0)
			continue;
		take(m, CT_DIFF_A, m->steps[CT_DIFF_A].first[a],
		     m->steps[CT_DIFF_A].first[a + 1], results);
		take(m, CT_DIFF_B, m->steps[CT_DIFF_B].first[b],
		     m->steps[CT_DIFF_B].first[b + 1], results);
		bind(m, how, results);
	}
}

static void bind_all(struct matcher *m)
{
	bind_processes(m, align, true);
	bind_processes(m, align_rest, true);
	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++)
		take(m, side, 0, m->steps[side].n, true);
	bind(m, align_rest, true);
	bind_processes(m, align_rest, false);
}

/* -------- what they come to -------- */

static int compare_results(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Everything that was done, to be looked up. */
static uint64_t *results_of(const struct steps *steps)
{
	uint64_t *all = ct_realloc(NULL, steps->n + 1, sizeof(*all));

	for (size_t i = 0; i < steps->n; i++)
		all[i] = steps->all[i].result;
	qsort(all, steps->n, sizeof(*all), compare_results);
	return all;
}

struct reporter {
	struct matcher *m;
	uint64_t *results[CT_DIFF_SIDES];
	size_t cap_processes, cap_steps;
};

static bool is_exec(const struct reporter *r, enum ct_diff_side side,
		    const struct step *step)
{
	return r->m->diff->model[side]->facts[step->fact].event->kind == CT_EVENT_EXEC;
}

static void add_step(struct reporter *r, enum ct_diff_side side, const struct step *step)
{
	struct ct_diff *diff = r->m->diff;
	const struct steps *other = &r->m->steps[!side];
	struct ct_diff_step *out = ct_push(diff->steps, diff->n_steps, r->cap_steps);

	out->weight = step->weight;
	out->event[side] = (long)step->fact;
	out->event[!side] = -1;
	out->change = side == CT_DIFF_A ? CT_DIFF_ONLY_A : CT_DIFF_ONLY_B;
	if (step->other >= 0) {
		out->event[!side] = (long)other->all[step->other].fact;
		out->change = CT_DIFF_RESULT;
		if (other->all[step->other].weight > out->weight)
			out->weight = other->all[step->other].weight;
		if (is_exec(r, side, step))
			out->weight = 1; /* engines make up names */
		return;
	}
	out->again = bsearch(&step->result, r->results[!side], other->n,
			     sizeof(step->result), compare_results) != NULL;
}

static bool differs(const struct step *step)
{
	return step->other < 0 || step->other_result;
}

/* Both sides' steps in the order of time, each measured from its process's first. */
static void add_steps(struct reporter *r, struct ct_diff_process *process)
{
	size_t at[CT_DIFF_SIDES] = { 0 }, to[CT_DIFF_SIDES] = { 0 };
	struct steps *steps = r->m->steps;

	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++) {
		int p = process->process[side];

		at[side] = p < 0 ? 0 : steps[side].first[p];
		to[side] = p < 0 ? 0 : steps[side].first[p + 1];
	}
	while (at[CT_DIFF_A] < to[CT_DIFF_A] || at[CT_DIFF_B] < to[CT_DIFF_B]) {
		/* A's own up to what both did, then B's up to the same */
		bool a = at[CT_DIFF_A] < to[CT_DIFF_A] &&
			 (at[CT_DIFF_B] >= to[CT_DIFF_B] ||
			  steps[CT_DIFF_A].all[at[CT_DIFF_A]].other < 0 ||
			  steps[CT_DIFF_B].all[at[CT_DIFF_B]].other >= 0);
		enum ct_diff_side side = a ? CT_DIFF_A : CT_DIFF_B;
		const struct step *step = &steps[side].all[at[side]++];

		if (!differs(step))
			process->n_same += a;
		else if (a || step->other < 0)
			add_step(r, side, step);
	}
}

static void add_process(struct reporter *r, int a, int b)
{
	struct ct_diff *diff = r->m->diff;
	struct ct_diff_process *process =
		ct_push(diff->processes, diff->n_processes, r->cap_processes);

	process->process[CT_DIFF_A] = a;
	process->process[CT_DIFF_B] = b;
	process->same_program = a >= 0 && b >= 0 &&
				!strcmp(pairs_program(diff->model[CT_DIFF_A], a),
					pairs_program(diff->model[CT_DIFF_B], b));
	process->first_step = diff->n_steps;
	add_steps(r, process);
	process->n_steps = diff->n_steps - process->first_step;
	diff->n_same += process->n_same;
}

static void report(struct matcher *m)
{
	struct reporter r = { .m = m };

	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++)
		r.results[side] = results_of(&m->steps[side]);
	for (size_t i = 0; i < m->diff->model[CT_DIFF_A]->n_processes; i++)
		add_process(&r, (int)i, m->pairs->process[CT_DIFF_A][i]);
	for (size_t i = 0; i < m->diff->model[CT_DIFF_B]->n_processes; i++)
		if (m->pairs->process[CT_DIFF_B][i] < 0)
			add_process(&r, -1, (int)i);
	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++)
		free(r.results[side]);
}

void match_steps(struct ct_diff *diff, const struct pairs *pairs,
		 struct steps steps[CT_DIFF_SIDES])
{
	struct matcher m = { .diff = diff, .pairs = pairs, .steps = steps };

	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++) {
		m.items[side] = ct_realloc(NULL, steps[side].n + 1, sizeof(**m.items));
		m.at[side] = ct_realloc(NULL, steps[side].n + 1, sizeof(**m.at));
	}
	bind_all(&m);
	report(&m);
	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++) {
		free(m.items[side]);
		free(m.at[side]);
	}
}
