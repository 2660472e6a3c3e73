/* SPDX-License-Identifier: MIT */
/* Fifty threads in two processes of one group, stopped and continued as one. */
#include "hard.h"

#include <pthread.h>

#define THREADS 25

static void *be_busy(void *unused)
{
	(void)unused;
	for (;;)
		syscall(SYS_getppid);
	return NULL;
}

static void be_many(void)
{
	pthread_t thread;

	for (int i = 0; i < THREADS - 1; i++)
		pthread_create(&thread, NULL, be_busy, NULL);
	be_busy(NULL);
}

int main(void)
{
	pid_t group = 0, pid[2];
	int status;

	for (int i = 0; i < 2; i++) {
		pid[i] = (pid_t)MUST(fork());
		if (!pid[i])
			be_many();
		group = group ? group : pid[0];
		setpgid(pid[i], group);
	}
	for (int n = 0; n < 10; n++) {
		kill(-group, SIGSTOP);
		for (int i = 0; i < 2; i++)
			MUST(waitpid(pid[i], &status, WUNTRACED));
		tell_status("the herd", status);
		kill(-group, SIGCONT);
		for (int i = 0; i < 2; i++)
			MUST(waitpid(pid[i], &status, WCONTINUED));
		tell_status("the herd", status);
	}
	kill(-group, SIGTERM);
	tell_status("the first", status_of(pid[0]));
	tell_status("the second", status_of(pid[1]));
	return 0;
}
