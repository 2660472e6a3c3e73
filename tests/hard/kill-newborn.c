/* SPDX-License-Identifier: MIT */
/* Children killed before their first instruction; creators killed while they create. */
#include "hard.h"

#include <sys/prctl.h>

#define CHILDREN 60

static _Noreturn void create(void)
{
	for (;;) {
		if (!fork())
			_exit(0);
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
	}
}

int main(void)
{
	int killed = 0, status;

	MUST(prctl(PR_SET_CHILD_SUBREAPER, 1));
	for (int i = 0; i < CHILDREN; i++) {
		pid_t pid = (pid_t)MUST(fork());

		if (!pid)
			create();
		for (int n = i % 8 * 100; n > 0; n--)
			getppid();
		kill(pid, SIGKILL);
		status = status_of(pid);
		killed += WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
	}
	while (wait(&status) > 0)
		;
	tell("killed", "were", killed);
	return 0;
}
