/* SPDX-License-Identifier: MIT */
/* A thread executes while the leader is in traced calls: the leader's stop turns into the
 * exec's, under the same number, while the tracer looks at it. */
#include "hard.h"

#include <pthread.h>
#include <sys/prctl.h>

#define PROCESSES 60

static void *execute(void *unused)
{
	(void)unused;
	execl("/bin/sh", "sh", "-c", "exit 5", NULL);
	_exit(6);
}

int main(void)
{
	for (int i = 0; i < PROCESSES; i++) {
		pid_t pid = (pid_t)MUST(fork());
		pthread_t thread;

		if (pid) {
			tell_status("the child", status_of(pid));
			continue;
		}
		pthread_create(&thread, NULL, execute, NULL);
		for (;;)
			prctl(PR_SET_NAME, "a name to be read by the tracer");
	}
	return 0;
}
