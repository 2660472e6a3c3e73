/* SPDX-License-Identifier: MIT */
/* The command stops, and its own child lets it go on: whoever waits for the command has
 * to learn of both. */
#include "hard.h"

int main(void)
{
	for (int i = 0; i < 3; i++) {
		pid_t waker = (pid_t)MUST(fork());

		/* it cannot know when its parent has stopped: a traced one looks so often
		 */
		while (!waker) {
			usleep(5000);
			kill(getppid(), SIGCONT);
		}
		raise(SIGSTOP);
		kill(waker, SIGKILL);
		tell_status("the waker", status_of(waker));
	}
	return 5;
}
