/* SPDX-License-Identifier: MIT */
/* How the tracing thread waits for a sample of the cgroup of who is about to end. */
#ifndef CTTRACE_METER_ENDING_H
#define CTTRACE_METER_ENDING_H

#include "places.h"

#include <pthread.h>

struct ct_ending {
	pthread_mutex_t lock;
	pthread_cond_t done;
	struct ct_span text; /* its /proc/TID/cgroup; at: NULL when nobody waits */
};

void ct_ending_init(struct ct_ending *ending);
void ct_ending_release(struct ct_ending *ending);

/* From the tracing thread: wakes the other by `wake_fd`, and waits a moment for it. */
void ct_ending_wait(struct ct_ending *ending, struct ct_span text, int wake_fd);

/* From the sampling thread: does somebody wait? *place is what to sample, or NULL. */
bool ct_ending_asked(struct ct_ending *ending, const struct ct_places *places,
		     struct ct_place **place);
/* It is sampled: who waits goes on. */
void ct_ending_done(struct ct_ending *ending);

#endif
