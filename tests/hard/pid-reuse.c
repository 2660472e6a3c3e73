/* SPDX-License-Identifier: MIT */
/* The same number again and again: a task is a number and a serial. */
#include "hard.h"

#define TIMES 30

/* A number that nobody has, not even soon: what was free a moment ago. */
static pid_t free_number(void)
{
	pid_t pid = (pid_t)MUST(fork());

	if (!pid)
		_exit(0);
	status_of(pid);
	return pid;
}

int main(void)
{
	pid_t number = free_number();
	struct clone_args args = { .exit_signal = SIGCHLD };

	say("number", number);
	args.set_tid = (uint64_t)(uintptr_t)&number;
	args.set_tid_size = 1;
	for (int i = 0; i < TIMES; i++) {
		pid_t pid = (pid_t)MUST(raw_clone3(&args));

		if (!pid)
			_exit(i);
		if (WEXITSTATUS(status_of(pid)) != i)
			return 1;
	}
	return 0;
}
