/* SPDX-License-Identifier: MIT */
/* What there is to say about many values. */
#include "summary.h"

#include "cttrace/stats.h"

#include "alloc.h"

#include <math.h>
#include <stdlib.h>

int ct_compare_doubles(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

double ct_quantile(const double *sorted, size_t n, double q)
{
	double at = (double)(n - 1) * q;
	size_t below = (size_t)at;

	/* not by arithmetic with what may be infinite */
	if (below + 1 >= n || at <= (double)below || sorted[below] >= sorted[below + 1])
		return sorted[below];
	return sorted[below] + (sorted[below + 1] - sorted[below]) * (at - (double)below);
}

struct ct_summary ct_summary_of(const struct ct_measure *measure)
{
	double *sorted = ct_alloc(measure->n * sizeof(*sorted));
	struct ct_summary s = { 0 };

	for (size_t i = 0; i < measure->n; i++)
		s.sum += sorted[i] = (double)measure->values[i];
	qsort(sorted, measure->n, sizeof(*sorted), ct_compare_doubles);
	s.min = sorted[0];
	s.max = sorted[measure->n - 1];
	s.median = ct_quantile(sorted, measure->n, 0.5);
	s.p95 = ct_quantile(sorted, measure->n, 0.95);
	free(sorted);
	return s;
}

double ct_sample_share(const struct ct_sample *sample, const struct ct_measure *measure)
{
	static const struct ct_measure run = { .kind = CT_MEASURE_RUN, .name = "" };
	const struct ct_measure *all = ct_sample_find(sample, &run);
	double part = 0, whole = 0;

	if (!all || !ct_measure_is_time(measure->kind))
		return -1;
	for (size_t i = 0; i < all->n; i++)
		whole += (double)all->values[i];
	for (size_t i = 0; i < measure->n; i++)
		part += (double)measure->values[i];
	return whole > 0 ? part / whole : -1;
}
