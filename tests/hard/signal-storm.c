/* SPDX-License-Identifier: MIT */
/* Go preempts its threads with SIGURG, thousands of times a second: none may be lost, and
 * the program must get on. */
#include "hard.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#define THREADS 2
#define SIGNALS 200

static atomic_int handled, done;

static void on_signal(int sig)
{
	(void)sig;
	handled++;
}

static void *be_busy(void *unused)
{
	while (!done)
		syscall(SYS_getppid);
	return unused;
}

int main(void)
{
	struct sigaction sa = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	pthread_t thread[THREADS];

	sigaction(SIGURG, &sa, NULL);
	sigaction(SIGUSR1, &sa, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&thread[i], NULL, be_busy, NULL);
	for (int i = 0; i < SIGNALS; i++) {
		int before = handled;

		pthread_kill(thread[i % THREADS], i % 50 ? SIGURG : SIGUSR1);
		while (handled == before)
			sched_yield();
	}
	done = 1;
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	tell("handled", "were", handled);
	return 0;
}
