/* SPDX-License-Identifier: MIT */
/* The double fork: a daemon whose parent is init, as conmon leaves podman behind. */
#include "sample.h"

#include <sys/prctl.h>

int main(void)
{
	pid_t middle;

	/* Orphans go to the nearest subreaper, else to init; we are one. */
	MUST(prctl(PR_SET_CHILD_SUBREAPER, 1));
	say("starter", (unsigned long)getpid());
	middle = (pid_t)MUST(fork());
	if (!middle) {
		MUST(setsid()); /* away from the terminal … */
		if (MUST(fork()))
			_exit(0);
		/* … and no session leader: no terminal can become ours again */
		say("daemon", (unsigned long)getpid());
		_exit(0);
	}
	say("middle", (unsigned long)middle);
	wait_for(middle);
	MUST(wait(NULL)); /* the daemon, which became our child when its parent ended */
	return 0;
}
