/* SPDX-License-Identifier: MIT */
/* Two threads execute different files at the same time: one of them wins, once. */
#include "hard.h"

#include <pthread.h>

#define PROCESSES 20

static pthread_barrier_t start;

static void *execute(void *path)
{
	pthread_barrier_wait(&start);
	execl(path, "sh", "-c", "exit 5", NULL);
	_exit(6); /* not reached: who loses the race dies in execve */
}

static void race(void)
{
	pthread_t a, b;

	pthread_barrier_init(&start, NULL, 3);
	pthread_create(&a, NULL, execute, (void *)"/bin/sh");
	pthread_create(&b, NULL, execute, (void *)"/usr/bin/../../bin/sh");
	pthread_barrier_wait(&start);
	for (;;)
		getppid(); /* the leader is about, too */
}

int main(void)
{
	for (int i = 0; i < PROCESSES; i++) {
		pid_t pid = (pid_t)MUST(fork());

		if (!pid)
			race();
		tell_status("the race", status_of(pid));
	}
	return 0;
}
