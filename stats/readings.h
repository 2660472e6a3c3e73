/* SPDX-License-Identifier: MIT */
/* What was read off one run, before the same things are put together. */
#ifndef CTTRACE_STATS_READINGS_H
#define CTTRACE_STATS_READINGS_H

#include "cttrace/stats.h"

struct reading {
	struct ct_measure of; /* without values */
	int64_t value;
};

struct readings {
	struct reading *items;
	size_t n, cap;
};

/* What it is a reading of, to be filled further. `name` stays the caller's. */
struct ct_measure *readings_add(struct readings *all, enum ct_measure_kind kind,
				const char *name, int64_t value);
/* Makes them the measures of a sample of one run, and frees them. */
void readings_group(struct readings *all, struct ct_sample *sample);

#endif
