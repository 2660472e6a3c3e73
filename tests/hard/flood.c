/* SPDX-License-Identifier: MIT */
/*
 * flood THREADS N: N system calls that fail, from so many threads at once, each with a
 * path that no other one has. Who watches them must neither miss one nor stand in the
 * way.
 */
#include "hard.h"

#include <pthread.h>
#include <sys/mount.h>

#define THREADS 64

struct part {
	pthread_t thread;
	int number;
	long calls;
};

static void *fail(void *arg)
{
	const struct part *part = arg;
	char path[64]; /* two numbers */

	for (long i = 0; i < part->calls; i++) {
		snprintf(path, sizeof(path), "/no/such/%d/%ld", part->number, i);
		if (!umount2(path, MNT_DETACH) || errno != ENOENT)
			_exit(1);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	struct part parts[THREADS];
	int threads = argc == 3 ? atoi(argv[1]) : 0;

	if (threads < 1 || threads > THREADS)
		return 125;
	for (int i = 0; i < threads; i++) {
		parts[i] = (struct part){ .number = i, .calls = atol(argv[2]) / threads };
		if (pthread_create(&parts[i].thread, NULL, fail, &parts[i]))
			return 1;
	}
	for (int i = 0; i < threads; i++)
		pthread_join(parts[i].thread, NULL);
	return 0;
}
