/* SPDX-License-Identifier: MIT */
/* CLONE_VM without CLONE_THREAD: another process in the same memory; and threads that are
 * made and gone all the time. */
#include "hard.h"

#include <pthread.h>
#include <sched.h>

static int shared;
static char stack[3][65536];

static int add(void *n)
{
	__atomic_add_fetch(&shared, (int)(intptr_t)n, __ATOMIC_SEQ_CST);
	return (int)(intptr_t)n;
}

static void *nothing(void *unused)
{
	return unused;
}

int main(void)
{
	pthread_t thread;
	pid_t pid[3];

	for (int i = 0; i < 3; i++)
		pid[i] =
			(pid_t)MUST(clone(add, stack[i] + sizeof(stack[i]),
					  CLONE_VM | SIGCHLD, (void *)(intptr_t)(i + 1)));
	for (int i = 0; i < 3; i++)
		tell_status("child", status_of(pid[i]));
	pid[0] = (pid_t)MUST(clone(add, stack[0] + sizeof(stack[0]),
				   CLONE_VM | CLONE_FILES | CLONE_FS,
				   (void *)(intptr_t)4));
	tell_status("one without a signal", status_of(pid[0]));
	tell("the sum in shared memory", "is", shared);
	for (int i = 0; i < 50; i++)
		if (!pthread_create(&thread, NULL, nothing, NULL))
			pthread_join(thread, NULL);
	return 0;
}
