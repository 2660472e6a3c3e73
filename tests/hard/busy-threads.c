/* SPDX-License-Identifier: MIT */
/* Threads that do nothing but traced calls must not starve one that wants to get on. */
#include "hard.h"

#include <pthread.h>
#include <sys/prctl.h>

static void *be_busy(void *unused)
{
	(void)unused;
	for (;;)
		prctl(PR_SET_NAME, "busy");
	return NULL;
}

int main(void)
{
	pthread_t thread;
	pid_t pid;

	for (int i = 0; i < 8; i++)
		pthread_create(&thread, NULL, be_busy, NULL);
	for (int i = 0; i < 5; i++) {
		pid = (pid_t)MUST(fork());
		if (!pid) {
			execl("/bin/true", "true", NULL);
			_exit(1);
		}
		tell_status("the child", status_of(pid));
	}
	execl("/bin/true", "true", NULL);
	return 1;
}
