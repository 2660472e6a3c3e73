/* SPDX-License-Identifier: MIT */
/* Do two sets of runs differ? A bootstrap interval of the ratio of their medians. */
#include "summary.h"

#include "cttrace/stats.h"

#include "alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *ct_difference_name(enum ct_difference difference)
{
	static const char *const names[CT_DIFFERENCES] = { "too few runs", "none shown",
							   "more", "less" };

	return names[difference];
}

/* The values of one set in order, and room to count how often each was drawn. */
struct urn {
	double *sorted;
	unsigned int *drawn;
	size_t n;
};

static struct urn urn_of(const struct ct_measure *m)
{
	struct urn urn = { .sorted = ct_alloc(m->n * sizeof(double)),
			   .drawn = ct_alloc(m->n * sizeof(unsigned int)),
			   .n = m->n };

	for (size_t i = 0; i < m->n; i++)
		urn.sorted[i] = (double)m->values[i];
	qsort(urn.sorted, urn.n, sizeof(double), ct_compare_doubles);
	return urn;
}

static void urn_release(struct urn *urn)
{
	free(urn->sorted);
	free(urn->drawn);
}

/* SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine. */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* Below n, which is far below 2^32. */
static size_t draw(uint64_t *state, size_t n)
{
	return (size_t)((next_random(state) >> 32) * n >> 32);
}

/* The value at a place of what was drawn, in order. */
static double drawn_at(const struct urn *urn, size_t place)
{
	size_t i = 0, seen = urn->drawn[0];

	while (seen <= place)
		seen += urn->drawn[++i];
	return urn->sorted[i];
}

/* The median of as many values as there are, drawn with putting back. */
static double draw_median(const struct urn *urn, uint64_t *state)
{
	double middle;

	memset(urn->drawn, 0, urn->n * sizeof(*urn->drawn));
	for (size_t i = 0; i < urn->n; i++)
		urn->drawn[draw(state, urn->n)]++;
	middle = drawn_at(urn, urn->n / 2);
	return urn->n % 2 ? middle : (drawn_at(urn, urn->n / 2 - 1) + middle) / 2;
}

/* Nothing is as much as nothing. */
static double ratio_of(double second, double first)
{
	if (first > 0)
		return second / first;
	return second > 0 ? INFINITY : 1;
}

static void find_interval(struct ct_difference_row *row, const struct urn *first,
			  const struct urn *second)
{
	double *ratios = ct_alloc(CT_COMPARE_RESAMPLES * sizeof(*ratios));
	uint64_t state = CT_COMPARE_SEED;

	for (int i = 0; i < CT_COMPARE_RESAMPLES; i++) {
		double a = draw_median(first, &state), b = draw_median(second, &state);

		ratios[i] = ratio_of(b, a);
	}
	qsort(ratios, CT_COMPARE_RESAMPLES, sizeof(*ratios), ct_compare_doubles);
	row->low = ct_quantile(ratios, CT_COMPARE_RESAMPLES, 0.025);
	row->high = ct_quantile(ratios, CT_COMPARE_RESAMPLES, 0.975);
	free(ratios);
}

void ct_compare_row(struct ct_difference_row *row)
{
	struct urn first, second;

	row->difference = CT_DIFFERENCE_TOO_FEW;
	row->ratio = row->low = row->high = NAN;
	if (!row->first || !row->second)
		return;
	first = urn_of(row->first);
	second = urn_of(row->second);
	row->ratio = ratio_of(ct_quantile(second.sorted, second.n, 0.5),
			      ct_quantile(first.sorted, first.n, 0.5));
	if (first.n >= CT_COMPARE_RUNS && second.n >= CT_COMPARE_RUNS) {
		find_interval(row, &first, &second);
		row->difference = row->low > 1    ? CT_DIFFERENCE_MORE
				  : row->high < 1 ? CT_DIFFERENCE_LESS
						  : CT_DIFFERENCE_NONE;
	}
	urn_release(&first);
	urn_release(&second);
}

/* Calls within a run depend on one another: only what has one value a run is tested. */
static bool is_compared(const struct ct_measure *m)
{
	return m->kind != CT_MEASURE_CALL && m->kind != CT_MEASURE_FAILURE;
}

static void add_row(struct ct_stats *stats, size_t *cap, const struct ct_measure *first,
		    const struct ct_measure *second)
{
	struct ct_difference_row *row = ct_push(stats->rows, stats->n_rows, *cap);

	*row = (struct ct_difference_row){ .first = first, .second = second };
	ct_compare_row(row);
}

static int compare_rows(const void *a, const void *b)
{
	const struct ct_difference_row *x = a, *y = b;
	const struct ct_measure *m = x->first ? x->first : x->second;
	const struct ct_measure *o = y->first ? y->first : y->second;

	if (m->kind != o->kind)
		return m->kind < o->kind ? -1 : 1;
	if (m->rank != o->rank)
		return m->rank < o->rank ? -1 : 1;
	if (m->role != o->role)
		return m->role < o->role ? -1 : 1;
	return strcmp(m->name, o->name);
}

struct ct_stats *ct_stats_new(const struct ct_sample *first,
			      const struct ct_sample *second)
{
	struct ct_stats *stats = ct_alloc(sizeof(*stats));
	size_t cap = 0;

	stats->first = first;
	stats->second = second;
	for (size_t i = 0; second && i < first->n_measures; i++)
		if (is_compared(&first->measures[i]))
			add_row(stats, &cap, &first->measures[i],
				ct_sample_find(second, &first->measures[i]));
	for (size_t i = 0; second && i < second->n_measures; i++)
		if (is_compared(&second->measures[i]) &&
		    !ct_sample_find(first, &second->measures[i]))
			add_row(stats, &cap, NULL, &second->measures[i]);
	if (stats->n_rows)
		qsort(stats->rows, stats->n_rows, sizeof(*stats->rows), compare_rows);
	return stats;
}

void ct_stats_free(struct ct_stats *stats)
{
	if (stats)
		free(stats->rows);
	free(stats);
}
