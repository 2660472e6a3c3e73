/* SPDX-License-Identifier: MIT */
/* Threads for a few pieces of work. */
#include "parallel.h"

#include "alloc.h"

#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>

struct piece {
	void (*work)(void *ctx, size_t i);
	void *ctx;
	size_t i;
	pthread_t thread;
	bool started;
};

size_t ct_parallel_width(size_t most)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	if (cpus < 1)
		return 1;
	return (size_t)cpus < most ? (size_t)cpus : most;
}

static void *run(void *arg)
{
	const struct piece *piece = arg;

	piece->work(piece->ctx, piece->i);
	return NULL;
}

void ct_parallel(size_t n, void (*work)(void *ctx, size_t i), void *ctx)
{
	CT_CLEANUP_FREE struct piece *pieces = ct_alloc(n * sizeof(*pieces));

	/* the first one is the caller's */
	for (size_t i = 0; i < n; i++) {
		pieces[i] = (struct piece){ .work = work, .ctx = ctx, .i = i };
		if (i)
			pieces[i].started =
				!pthread_create(&pieces[i].thread, NULL, run, &pieces[i]);
	}
	/* one that cannot be started is not missed */
	for (size_t i = 0; i < n; i++)
		if (!pieces[i].started)
			run(&pieces[i]);
	for (size_t i = 0; i < n; i++)
		if (pieces[i].started)
			pthread_join(pieces[i].thread, NULL);
}
