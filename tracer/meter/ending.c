/* SPDX-License-Identifier: MIT */
/* One waits at a time: the tracing thread serves one stop after the other. */
#include "ending.h"

#include <sys/eventfd.h>
#include <time.h>

/* So long a task stands before its end, if the sampling thread does not get to run. */
#define WAIT_NS 50000000

void ct_ending_init(struct ct_ending *ending)
{
	pthread_condattr_t attr;

	*ending = (struct ct_ending){ 0 };
	pthread_mutex_init(&ending->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&ending->done, &attr);
	pthread_condattr_destroy(&attr);
}

void ct_ending_release(struct ct_ending *ending)
{
	pthread_cond_destroy(&ending->done);
	pthread_mutex_destroy(&ending->lock);
}

void ct_ending_wait(struct ct_ending *ending, struct ct_span text, int wake_fd)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += WAIT_NS;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&ending->lock);
	ending->text = text;
	eventfd_write(wake_fd, 1);
	while (ending->text.at &&
	       !pthread_cond_timedwait(&ending->done, &ending->lock, &until))
		;
	ending->text.at = NULL;
	pthread_mutex_unlock(&ending->lock);
}

bool ct_ending_asked(struct ct_ending *ending, const struct ct_places *places,
		     struct ct_place **place)
{
	bool asked;

	pthread_mutex_lock(&ending->lock);
	asked = ending->text.at;
	*place = asked ? ct_places_find(places, ending->text) : NULL;
	pthread_mutex_unlock(&ending->lock);
	return asked;
}

void ct_ending_done(struct ct_ending *ending)
{
	pthread_mutex_lock(&ending->lock);
	ending->text.at = NULL;
	pthread_cond_signal(&ending->done);
	pthread_mutex_unlock(&ending->lock);
}
