/* SPDX-License-Identifier: MIT */
/* Quantiles. */
#ifndef CTTRACE_STATS_SUMMARY_H
#define CTTRACE_STATS_SUMMARY_H

#include <stddef.h>

/*
 * Of values that are sorted, n > 0: the one at (n - 1) × q, between two values
 * interpolated linearly (R's type 7, numpy's default).
 */
double ct_quantile(const double *sorted, size_t n, double q);

int ct_compare_doubles(const void *a, const void *b);

#endif
