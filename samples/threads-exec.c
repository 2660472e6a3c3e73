/* SPDX-License-Identifier: MIT */
/* exec from a thread that is not the leader: it takes over the process, pid included. */
#include "sample.h"

#include <pthread.h>
#include <sys/syscall.h>

static void *run_shell(void *unused)
{
	(void)unused;
	say("thread", (unsigned long)syscall(SYS_gettid));
	/*
	 * The kernel ends all other threads, gives the leader's pid to this one, and only
	 * then lets the new program start: this thread's own id is never heard of again.
	 */
	MUST(execl("/bin/sh", "sh", "-c", "echo shell = $$", NULL));
	return NULL;
}

int main(void)
{
	pthread_t thread;

	say("process", (unsigned long)getpid());
	if (pthread_create(&thread, NULL, run_shell, NULL))
		return 1;
	pthread_join(thread, NULL); /* does not return: we are ended by the exec */
	return 1;
}
