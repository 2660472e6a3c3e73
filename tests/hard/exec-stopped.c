/* SPDX-License-Identifier: MIT */
/* Stopped and continued again and again while it executes itself. */
#include "hard.h"

int main(int argc, char **argv)
{
	char left[16];
	pid_t pid;
	int status;

	if (argc > 1) {
		int n = atoi(argv[1]);

		if (!n)
			return 70;
		snprintf(left, sizeof(left), "%d", n - 1);
		execl("/proc/self/exe", "exec-stopped", left, NULL);
		_exit(1);
	}
	pid = (pid_t)MUST(fork());
	if (!pid) {
		execl("/proc/self/exe", "exec-stopped", "20", NULL);
		_exit(1);
	}
	/* now and then it may run a little, or it hardly comes to its end */
	for (unsigned int us = 0; !waitpid(pid, &status, WNOHANG); us = (us + 7) % 300) {
		kill(pid, SIGSTOP);
		kill(pid, SIGCONT);
		usleep(us);
	}
	tell_status("the child", status);
	return 0;
}
