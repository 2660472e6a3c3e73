/* SPDX-License-Identifier: MIT */
/* Putting the numbers of runs together. */
#include "readings.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

const char *ct_measure_kind_name(enum ct_measure_kind kind)
{
	static const char *const names[CT_MEASURE_KINDS] = {
		"run", "phase", "step", "role", "count", "failure", "call",
	};

	return names[kind];
}

bool ct_measure_is_time(enum ct_measure_kind kind)
{
	return kind != CT_MEASURE_COUNT && kind != CT_MEASURE_FAILURE;
}

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static int compare(const struct ct_measure *a, const struct ct_measure *b)
{
	int name;

	if (a->kind != b->kind)
		return COMPARE(a->kind, b->kind);
	if (a->rank != b->rank)
		return COMPARE(a->rank, b->rank);
	name = strcmp(a->name, b->name);
	if (name)
		return name;
	if (a->role != b->role)
		return COMPARE(a->role, b->role);
	if (a->error != b->error)
		return COMPARE(a->error, b->error);
	return COMPARE(a->benign, b->benign);
}

static int compare_readings(const void *a, const void *b)
{
	return compare(&((const struct reading *)a)->of,
		       &((const struct reading *)b)->of);
}

static int compare_measures(const void *a, const void *b)
{
	return compare(a, b);
}

struct ct_measure *readings_add(struct readings *all, enum ct_measure_kind kind,
				const char *name, int64_t value)
{
	struct reading *r = ct_push(all->items, all->n, all->cap);

	r->of.kind = kind;
	r->of.name = name;
	r->value = value;
	return &r->of;
}

/* A measure without values, at the end of the array. */
static struct ct_measure *new_measure(struct ct_sample *sample,
				      const struct ct_measure *like)
{
	struct ct_measure *m =
		ct_push(sample->measures, sample->n_measures, sample->cap_measures);

	*m = (struct ct_measure){ .kind = like->kind,
				  .rank = like->rank,
				  .name = ct_arena_strdup(&sample->arena, like->name),
				  .role = like->role,
				  .error = like->error,
				  .benign = like->benign };
	return m;
}

static void add_value(struct ct_measure *m, int64_t value)
{
	*ct_push(m->values, m->n, m->cap) = value;
}

void readings_group(struct readings *all, struct ct_sample *sample)
{
	struct ct_measure *m = NULL;

	qsort(all->items, all->n, sizeof(*all->items), compare_readings);
	for (size_t i = 0; i < all->n; i++) {
		const struct reading *r = &all->items[i];

		if (!m || compare(m, &r->of)) {
			m = new_measure(sample, &r->of);
			m->n_runs = 1;
		}
		/* a phase may come in pieces: a run has one value */
		if (m->n && m->kind != CT_MEASURE_CALL)
			m->values[0] += r->value;
		else
			add_value(m, r->value);
	}
	free(all->items);
}

struct ct_sample *ct_sample_new(void)
{
	return ct_alloc(sizeof(struct ct_sample));
}

void ct_sample_free(struct ct_sample *sample)
{
	if (!sample)
		return;
	for (size_t i = 0; i < sample->n_measures; i++)
		free(sample->measures[i].values);
	free(sample->measures);
	ct_arena_release(&sample->arena);
	free(sample);
}

static struct ct_measure *find(const struct ct_sample *sample, size_t n,
			       const struct ct_measure *measure)
{
	return n ? bsearch(measure, sample->measures, n, sizeof(*measure),
			   compare_measures)
		 : NULL;
}

const struct ct_measure *ct_sample_find(const struct ct_sample *sample,
					const struct ct_measure *measure)
{
	return find(sample, sample->n_measures, measure);
}

static void merge_measures(struct ct_sample *sample, const struct ct_sample *more)
{
	size_t known = sample->n_measures;

	for (size_t i = 0; i < more->n_measures; i++) {
		const struct ct_measure *from = &more->measures[i];
		struct ct_measure *to = find(sample, known, from);

		if (!to)
			to = new_measure(sample, from);
		to->n_runs += from->n_runs;
		for (size_t j = 0; j < from->n; j++)
			add_value(to, from->values[j]);
	}
	if (sample->n_measures > known)
		qsort(sample->measures, sample->n_measures, sizeof(*sample->measures),
		      compare_measures);
}

static struct ct_slow_call copy_call(struct ct_arena *arena,
				     const struct ct_slow_call *call)
{
	struct ct_slow_call copy = *call;

	copy.trace = ct_arena_strdup(arena, call->trace);
	copy.process = ct_arena_strdup(arena, call->process);
	copy.call = ct_arena_strdup(arena, call->call);
	return copy;
}

/* Two lists that are sorted: of equal ones, those that were there come first. */
static void merge_slowest(struct ct_sample *sample, const struct ct_sample *more)
{
	struct ct_slow_call merged[CT_SLOWEST];
	size_t n = 0, ours = 0, theirs = 0;

	while (n < CT_SLOWEST && (ours < sample->n_slowest || theirs < more->n_slowest)) {
		bool take =
			theirs == more->n_slowest ||
			(ours < sample->n_slowest &&
			 sample->slowest[ours].dur_ns >= more->slowest[theirs].dur_ns);

		merged[n++] = take ? sample->slowest[ours++]
				   : copy_call(&sample->arena, &more->slowest[theirs++]);
	}
	memcpy(sample->slowest, merged, n * sizeof(*merged));
	sample->n_slowest = n;
}

void ct_sample_merge(struct ct_sample *sample, const struct ct_sample *more)
{
	merge_measures(sample, more);
	merge_slowest(sample, more);
	sample->n_runs += more->n_runs;
	sample->n_bad += more->n_bad;
	sample->n_cut += more->n_cut;
	if (!sample->command && more->command)
		sample->command = ct_arena_strdup(&sample->arena, more->command);
	else if (more->command)
		sample->mixed |=
			more->mixed || strcmp(sample->command, more->command) != 0;
}
