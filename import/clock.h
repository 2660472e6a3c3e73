/* SPDX-License-Identifier: MIT */
/* The times of a log as nanoseconds since its first line. */
#ifndef CTTRACE_IMPORT_CLOCK_H
#define CTTRACE_IMPORT_CLOCK_H

#include "prefix.h"

/* Give it the first time and whether there are any, the rest zeroed. */
struct ct_log_clock {
	bool ticks;       /* the log has times */
	int64_t first_ns; /* the first one */
	int64_t days_ns;  /* midnights that have passed, for times without a date */
	int64_t last_ns;  /* what the line before had */
	int64_t now_ns;
};

/* What has passed at this line. Without times, each line takes a microsecond. */
int64_t ct_log_clock_at(struct ct_log_clock *clock, const struct ct_log_prefix *prefix);

#endif
