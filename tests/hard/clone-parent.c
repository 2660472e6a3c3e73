/* SPDX-License-Identifier: MIT */
/* CLONE_PARENT: the child belongs to the grandparent, as runc's stages do. */
#include "hard.h"

int main(void)
{
	struct clone_args args = { .flags = CLONE_PARENT };
	pid_t middle = (pid_t)MUST(fork());

	if (!middle) {
		pid_t first = (pid_t)MUST(raw_clone(CLONE_PARENT | SIGCHLD)), second;

		if (!first)
			_exit(21);
		second = (pid_t)MUST(raw_clone3(&args));
		if (!second)
			_exit(22);
		say("first", first);
		say("second", second);
		tell("the creator's wait", "gives", result_of(wait(NULL)));
		_exit(20);
	}
	for (int sum = 0, status, i = 0; i < 3; i++) {
		MUST(wait(&status));
		sum += WEXITSTATUS(status);
		if (i == 2)
			tell("the three statuses", "are together", sum);
	}
	return 0;
}
