/* SPDX-License-Identifier: MIT */
/* Threads that make threads that end at once, many at a time. */
#include "hard.h"

#include <pthread.h>

#define MAKERS  8
#define THREADS 60

static void *end_at_once(void *count)
{
	__atomic_add_fetch((int *)count, 1, __ATOMIC_RELAXED);
	return NULL;
}

static void *make_many(void *count)
{
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, end_at_once, count))
			return count;
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	return NULL;
}

int main(void)
{
	pthread_t makers[MAKERS];
	int count = 0;

	for (int i = 0; i < MAKERS; i++)
		MUST(-pthread_create(&makers[i], NULL, make_many, &count));
	for (int i = 0; i < MAKERS; i++)
		pthread_join(makers[i], NULL);
	tell("threads", "were", count);
	return 0;
}
