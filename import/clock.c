/* SPDX-License-Identifier: MIT */
/* Times of day, of the epoch, and differences. */
#include "clock.h"

#define LINE_NS 1000
#define DAY_NS  ((int64_t)24 * 60 * 60 * 1000000000)

int64_t ct_log_clock_at(struct ct_log_clock *clock, const struct ct_log_prefix *prefix)
{
	int64_t then;

	if (!clock->ticks) {
		clock->now_ns += LINE_NS;
	} else if (prefix->time_ns >= 0) {
		/* 23:59:59 and then 00:00:00; clocks are also set back, but not so far */
		if (!prefix->epoch &&
		    prefix->time_ns + clock->days_ns < clock->last_ns - DAY_NS / 2)
			clock->days_ns += DAY_NS;
		clock->last_ns = prefix->time_ns + clock->days_ns;
		then = clock->last_ns - clock->first_ns;
		if (then > 0)
			clock->now_ns = then;
	} else if (prefix->delta_ns >= 0 &&
		   __builtin_add_overflow(clock->now_ns, prefix->delta_ns, &then) == 0) {
		clock->now_ns = then;
	}
	return clock->now_ns;
}
