/* SPDX-License-Identifier: MIT */
/* A parent watches its child stop, continue and end. */
#include "hard.h"

static void wait_and_tell(pid_t pid)
{
	int status;

	MUST(waitpid(pid, &status, WUNTRACED | WCONTINUED));
	tell_status("the child", status);
}

int main(void)
{
	static const int stops[] = { SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU };

	char byte = 'g';
	int go[2];

	setsid();
	MUST(pipe(go));
	for (int i = 0; i < 4; i++) {
		pid_t pid = (pid_t)MUST(fork());

		if (!pid) {
			setpgid(0, 0);
			raise(stops[i]);
			MUST(read(go[0], &byte, 1));
			raise(SIGSTOP);
			MUST(read(go[0], &byte, 1));
			_exit(33);
		}
		for (int n = 0; n < 2; n++) {
			wait_and_tell(pid);
			kill(pid, SIGCONT);
			wait_and_tell(pid);
			MUST(write(go[1], &byte, 1));
		}
		wait_and_tell(pid);
	}
	return 0;
}
