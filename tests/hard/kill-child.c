/* SPDX-License-Identifier: MIT */
/* Children that make calls all the time, killed in the middle of one. */
#include "hard.h"

#include <sched.h>
#include <sys/prctl.h>

#define CHILDREN 100

int main(void)
{
	int killed = 0;

	for (int i = 0; i < CHILDREN; i++) {
		pid_t pid = (pid_t)MUST(fork());
		int status;

		if (!pid)
			for (;;)
				prctl(PR_SET_NAME, "busy");
		for (int n = i % 40; n > 0; n--)
			sched_yield();
		kill(pid, SIGKILL);
		status = status_of(pid);
		killed += WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
	}
	tell("killed", "were", killed);
	return 0;
}
