/* SPDX-License-Identifier: MIT */
/* exit_group while eight threads are in traced calls, and some just being made. */
#include "hard.h"

#include <pthread.h>
#include <sys/prctl.h>

#define PROCESSES 20
#define THREADS   8

static void *be_busy(void *unused)
{
	(void)unused;
	for (;;)
		prctl(PR_SET_NAME, "busy");
	return NULL;
}

int main(void)
{
	for (int i = 0; i < PROCESSES; i++) {
		pid_t pid = (pid_t)MUST(fork());
		pthread_t thread;

		if (!pid) {
			for (int n = 0; n < THREADS; n++)
				pthread_create(&thread, NULL, be_busy, NULL);
			exit(100 + i);
		}
		tell_status("the process", status_of(pid));
	}
	return 0;
}
