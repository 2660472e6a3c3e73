/* SPDX-License-Identifier: MIT */
/* exec by a thread whose leader has ended already: /proc/PID is half empty by then. */
#include "hard.h"

#include <pthread.h>
#include <sched.h>
#include <sys/mount.h>

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

static void *execute(void *path)
{
	while (!leader_is_zombie())
		sched_yield();
	MUST(unshare(CLONE_NEWNS));
	tell("a mount that fails", "gives",
	     result_of(mount("none", "/no/such", "tmpfs", 0, NULL)));
	execl(path, "exec-zombie-leader", "again", NULL);
	_exit(1);
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc > 1) {
		say("after", getpid());
		return 70;
	}
	say("before", getpid());
	pthread_create(&thread, NULL, execute, argv[0]);
	pthread_exit(NULL);
}
