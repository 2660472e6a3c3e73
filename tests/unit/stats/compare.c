/* SPDX-License-Identifier: MIT */
/* The test of two sets, on sets of which it is known whether they differ. */
#include "cttrace/stats.h"
#include "test.h"

#include <math.h>

enum { RUNS_MAX = 40, TRIALS = 400 };

/* Not the generator that the library has: xorshift64. */
static double uniform(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (double)(*state >> 11) / (double)(UINT64_C(1) << 53);
}

/* Times as programs have them: a normal spread of 10 %, and now and then much more. */
static int64_t draw_time(uint64_t *state, double median)
{
	double sum = -6;

	for (int i = 0; i < 12; i++)
		sum += uniform(state);
	if (uniform(state) < 0.1)
		median *= 1 + uniform(state);
	return (int64_t)(median * (1 + 0.1 * sum));
}

struct set {
	int64_t values[RUNS_MAX];
	struct ct_measure measure;
};

static void fill(struct set *set, size_t n, uint64_t *state, double median)
{
	for (size_t i = 0; i < n; i++)
		set->values[i] = draw_time(state, median);
	set->measure = (struct ct_measure){ .name = "", .values = set->values, .n = n };
}

/* How many of a hundred pairs of sets are said to differ. */
static double percent_shown(size_t n, double factor)
{
	uint64_t state = 88172645463325252u;
	int shown = 0;

	for (int i = 0; i < TRIALS; i++) {
		struct set first, second;
		struct ct_difference_row row = { .first = &first.measure,
						 .second = &second.measure };

		fill(&first, n, &state, 1e6);
		fill(&second, n, &state, 1e6 * factor);
		ct_compare_row(&row);
		shown += row.difference == CT_DIFFERENCE_MORE ||
			 row.difference == CT_DIFFERENCE_LESS;
	}
	return shown * 100.0 / TRIALS;
}

TEST(equal_sets_are_said_to_differ_one_time_in_twenty)
{
	const size_t sizes[] = { CT_COMPARE_RUNS, 10, 20, 40 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		double shown = percent_shown(sizes[i], 1);

		/* 5, and two standard errors of this many trials */
		if (shown > 5 + 2.2)
			test_fail(__FILE__, __LINE__, "%zu runs: %.1f %%", sizes[i],
				  shown);
	}
}

TEST(sets_that_differ_are_said_to)
{
	CHECK(percent_shown(20, 1.2) > 90);
	CHECK(percent_shown(20, 0.8) > 90);
}

TEST(the_same_sets_have_the_same_interval)
{
	uint64_t state = 42;
	struct set first, second;
	struct ct_difference_row row = { .first = &first.measure,
					 .second = &second.measure },
				 again = row;

	fill(&first, 12, &state, 1e6);
	fill(&second, 9, &state, 1.5e6);
	ct_compare_row(&row);
	ct_compare_row(&again);
	CHECK(row.low == again.low && row.high == again.high);
	CHECK(row.low < row.ratio && row.ratio < row.high);
	CHECK_INT(row.difference, CT_DIFFERENCE_MORE);
}

static struct ct_measure measure_of(int64_t *values, size_t n)
{
	return (struct ct_measure){ .name = "", .values = values, .n = n };
}

static enum ct_difference difference_of(int64_t *first, size_t n_first, int64_t *second,
					size_t n_second)
{
	struct ct_measure a = measure_of(first, n_first);
	struct ct_measure b = measure_of(second, n_second);
	struct ct_difference_row row = { .first = &a, .second = &b };

	ct_compare_row(&row);
	return row.difference;
}

TEST(what_is_never_there_does_not_differ)
{
	int64_t nothing[6] = { 0 }, one[6] = { 1, 1, 1, 1, 1, 1 };

	CHECK_INT(difference_of(nothing, 6, nothing, 6), CT_DIFFERENCE_NONE);
	CHECK_INT(difference_of(nothing, 6, one, 6), CT_DIFFERENCE_MORE);
	CHECK_INT(difference_of(one, 6, nothing, 6), CT_DIFFERENCE_LESS);
	CHECK_INT(difference_of(one, 6, one, 6), CT_DIFFERENCE_NONE);
}

TEST(of_few_runs_nothing_is_said)
{
	int64_t low[6] = { 1, 1, 1, 1, 1, 1 }, high[6] = { 9, 9, 9, 9, 9, 9 };
	struct ct_measure a = measure_of(low, 5), b = measure_of(high, 6);
	struct ct_difference_row row = { .first = &a, .second = &b };

	ct_compare_row(&row);
	CHECK_INT(row.difference, CT_DIFFERENCE_TOO_FEW);
	CHECK(row.ratio == 9 && isnan(row.low) && isnan(row.high));
	CHECK_INT(difference_of(low, 6, high, 1), CT_DIFFERENCE_TOO_FEW);
	row.first = NULL;
	ct_compare_row(&row);
	CHECK_INT(row.difference, CT_DIFFERENCE_TOO_FEW);
}

TEST(quantiles_lie_between_the_values)
{
	int64_t values[] = { 40, 10, 30, 20 };
	struct ct_measure m = measure_of(values, 4);
	struct ct_summary s = ct_summary_of(&m);

	CHECK(s.min == 10 && s.max == 40 && s.sum == 100 && s.median == 25);
	CHECK(fabs(s.p95 - 38.5) < 1e-9); /* 30 + 0.85 × 10 */
	m.n = 1;
	s = ct_summary_of(&m);
	CHECK(s.min == 40 && s.median == 40 && s.p95 == 40 && s.max == 40);
}
