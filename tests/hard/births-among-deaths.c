/* SPDX-License-Identifier: MIT */
/* Children with flags are born while others die all the time: a death elsewhere must not
 * make the tracer give up waiting for the creator's event. */
#include "hard.h"

#include <sched.h>
#include <sys/prctl.h>

#define CHILDREN 150

static _Noreturn void die_often(void)
{
	MUST(prctl(PR_SET_PDEATHSIG, SIGKILL)); /* main() may have to give up */
	for (;;) {
		if (!fork())
			_exit(0);
		wait(NULL);
	}
}

int main(void)
{
	pid_t noise;

	MUST(unshare(CLONE_NEWUTS)); /* may we? */
	/* a child of the killed noise must end before us: --detach lets go of who lives */
	MUST(prctl(PR_SET_CHILD_SUBREAPER, 1));
	noise = (pid_t)MUST(fork());
	if (!noise)
		die_often();
	for (int i = 0; i < CHILDREN; i++) {
		pid_t pid = (pid_t)MUST(raw_clone(CLONE_NEWUTS | CLONE_FS | SIGCHLD));

		if (!pid)
			_exit(0);
		status_of(pid);
	}
	kill(noise, SIGKILL);
	tell_status("the noise", status_of(noise));
	while (wait(NULL) > 0)
		continue;
	return 0;
}
