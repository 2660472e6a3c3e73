/* SPDX-License-Identifier: MIT */
/* The leader has ended; its threads go on and do what a runtime does. */
#include "hard.h"

#include <pthread.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>

static int leader_is_zombie(void)
{
	char text[512], *state;
	FILE *stat = fopen("/proc/self/stat", "r");
	size_t n = stat ? fread(text, 1, sizeof(text) - 1, stat) : 0;

	if (stat)
		fclose(stat);
	text[n] = '\0';
	state = strrchr(text, ')');
	return state && state[2] == 'Z';
}

static void *work(void *unused)
{
	struct stat st;

	while (!leader_is_zombie())
		sched_yield();
	MUST(unshare(CLONE_NEWNS | CLONE_NEWUTS));
	MUST(stat("/proc/thread-self/ns/mnt", &st));
	say("mnt", (long)st.st_ino);
	MUST(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	MUST(mount("none", "/mnt", "tmpfs", 0, NULL));
	MUST(sethostname("leaderless", 10));
	exit(41);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, work, NULL);
	pthread_exit(NULL);
}
