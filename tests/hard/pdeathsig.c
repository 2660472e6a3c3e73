/* SPDX-License-Identifier: MIT */
/* The signal that a child gets when its parent dies: it is the parent's thread that
 * counts. */
#include "hard.h"

#include <pthread.h>
#include <sys/prctl.h>

static pid_t child;

static void *create(void *unused)
{
	int ready[2];
	char byte;

	MUST(pipe(ready));
	child = (pid_t)MUST(fork());
	if (!child) {
		MUST(prctl(PR_SET_PDEATHSIG, SIGUSR2));
		MUST(write(ready[1], "r", 1));
		for (;;)
			pause();
	}
	MUST(read(ready[0], &byte, 1));
	return unused;
}

int main(void)
{
	pthread_t thread;
	pid_t middle;
	int status;

	pthread_create(&thread, NULL, create, NULL);
	pthread_join(thread, NULL);
	tell_status("the child of a thread that ended", status_of(child));
	MUST(prctl(PR_SET_CHILD_SUBREAPER, 1));
	middle = (pid_t)MUST(fork());
	if (!middle) {
		create(NULL);
		raise(SIGKILL);
	}
	tell_status("the parent", status_of(middle));
	MUST(wait(&status));
	tell_status("the child of a parent that was killed", status);
	return 0;
}
