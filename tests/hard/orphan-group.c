/* SPDX-License-Identifier: MIT */
/* The last process that could continue a stopped process group ends: the kernel sends
 * SIGHUP and SIGCONT to the group, which has become an orphan (setpgid(2)). */
#include "hard.h"

#include <sys/prctl.h>

#define ROUNDS 5

static volatile sig_atomic_t hung_up;

static void on_hangup(int sig)
{
	(void)sig;
	hung_up++;
}

static _Noreturn void be_stopped(int handles)
{
	signal(SIGHUP, handles ? on_hangup : SIG_DFL);
	MUST(setpgid(0, 0));
	raise(SIGSTOP);
	while (!hung_up)
		usleep(1000);
	_exit(6);
}

/* Leads the session's other group, so that the stopped one is nobody's when it ends. */
static _Noreturn void leave_it(int handles)
{
	pid_t pid = (pid_t)MUST(fork());
	int status;

	if (!pid)
		be_stopped(handles);
	MUST(waitpid(pid, &status, WUNTRACED));
	_exit(WIFSTOPPED(status) ? 5 : 1);
}

int main(void)
{
	MUST(prctl(PR_SET_CHILD_SUBREAPER, 1));
	for (int i = 0; i < ROUNDS; i++)
		for (int handles = 0; handles < 2; handles++) {
			pid_t pid = (pid_t)MUST(fork());

			if (!pid) {
				/* or we could still continue it, being in its session */
				MUST(setsid());
				leave_it(handles);
			}
			tell_status("who left", status_of(pid));
			tell_status("who was left", status_of(-1));
		}
	return 0;
}
