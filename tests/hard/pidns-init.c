/* SPDX-License-Identifier: MIT */
/* The init of a pid namespace ends, and its children must all die before it can: running,
 * stopped and zombie ones. */
#include "hard.h"

static void family(int how)
{
	pid_t zombie, stopped;
	siginfo_t info;

	for (int i = 0; i < 3; i++)
		if (!MUST(fork()))
			for (;;)
				getppid();
	zombie = (pid_t)MUST(fork());
	if (!zombie)
		_exit(0);
	waitid(P_PID, (id_t)zombie, &info, WEXITED | WNOWAIT);
	stopped = (pid_t)MUST(fork());
	if (!stopped) {
		raise(SIGSTOP);
		_exit(0);
	}
	waitpid(stopped, NULL, WUNTRACED);
	if (how)
		_exit(7);
	for (;;)
		pause();
}

int main(void)
{
	for (int how = 0; how < 2; how++) {
		pid_t pid = (pid_t)MUST(raw_clone(CLONE_NEWPID | SIGCHLD));

		if (!pid)
			family(how);
		if (!how) {
			usleep(20000);
			kill(pid, SIGKILL);
		}
		tell_status("init", status_of(pid));
	}
	return 0;
}
