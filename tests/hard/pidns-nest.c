/* SPDX-License-Identifier: MIT */
/* Pid namespaces in each other: every task has its number in each of them. */
#include "hard.h"

#include <fcntl.h>
#include <sched.h>

#define DEPTH 3

static int nest(int depth)
{
	pid_t pid;

	if (!depth)
		return getpid();
	pid = (pid_t)MUST(raw_clone(CLONE_NEWPID | SIGCHLD));
	if (!pid)
		_exit(nest(depth - 1));
	return WEXITSTATUS(status_of(pid)) + (getpid() == 1 ? 10 : 100);
}

static void nest_in_child(void)
{
	pid_t pid = (pid_t)MUST(fork());

	if (!pid)
		_exit(nest(DEPTH));
	tell_status("the nest", status_of(pid));
}

int main(void)
{
	pid_t pid, inner;
	int pidfd;

	nest_in_child();
	pid = (pid_t)MUST(raw_clone(CLONE_NEWPID | SIGCHLD));
	if (!pid)
		for (;;)
			pause();
	pidfd = (int)MUST(syscall(SYS_pidfd_open, pid, 0));
	MUST(setns(pidfd, CLONE_NEWPID));
	inner = (pid_t)MUST(fork());
	if (!inner)
		_exit(getpid());
	say("inner", inner);
	tell_status("the child in the joined namespace", status_of(inner));
	kill(pid, SIGKILL);
	tell_status("its init", status_of(pid));
	tell("a fork into a dead namespace", "gives", result_of(fork()));
	return 0;
}
