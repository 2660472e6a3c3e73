/* SPDX-License-Identifier: MIT */
/*
 * SIGKILL while all threads of a process execute: a thread that has taken its leader's
 * number may die before the execve tells of it. Its own number never reports again.
 */
#include "hard.h"

#include <pthread.h>
#include <sched.h>

#define CHILDREN 200

static void *executes(void *unused)
{
	while (execl("/proc/self/exe", "kill-executing", "again", (char *)NULL))
		continue;
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;
	int n_other = 0;

	if (argc > 1 && !strcmp(argv[1], "again")) {
		for (int i = 0; i < 3; i++)
			pthread_create(&thread, NULL, executes, NULL);
		executes(NULL);
	}
	for (int i = 0; i < CHILDREN; i++) {
		pid_t pid = (pid_t)MUST(fork());

		if (!pid)
			executes(NULL);
		/* every child is killed a little later in what it does */
		for (int n = i * 7 % 400; n > 0; n--)
			sched_yield();
		MUST(kill(pid, SIGKILL));
		if (status_of(pid) != SIGKILL)
			n_other++;
	}
	tell("ended otherwise", "count", n_other);
	return 0;
}
