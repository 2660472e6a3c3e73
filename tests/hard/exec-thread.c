/* SPDX-License-Identifier: MIT */
/* exec by a thread that is not the leader, while others are in traced calls. */
#include "hard.h"

#include <pthread.h>
#include <sys/prctl.h>

#define BUSY 4

static void *be_busy(void *unused)
{
	(void)unused;
	for (;;)
		prctl(PR_SET_NAME, "busy");
	return NULL;
}

static void *execute(void *unused)
{
	(void)unused;
	say("thread", syscall(SYS_gettid));
	execl("/proc/self/exe", "exec-thread", "again", NULL);
	_exit(1);
}

int main(int argc, char **argv)
{
	pthread_t thread;

	(void)argv;
	if (argc > 1) {
		say("after", syscall(SYS_gettid));
		return 77 - 7;
	}
	say("before", syscall(SYS_gettid));
	for (int i = 0; i < BUSY; i++)
		pthread_create(&thread, NULL, be_busy, NULL);
	pthread_create(&thread, NULL, execute, NULL);
	for (;;)
		pause();
}
