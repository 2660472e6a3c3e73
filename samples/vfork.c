/* SPDX-License-Identifier: MIT */
/* vfork(): the child borrows the parent's memory, which stands still until the exec. */
#include "sample.h"

#include <spawn.h>

/*
 * posix_spawn() is the civilised way to vfork (CLONE_VM | CLONE_VFORK): the child must
 * not return from the function that made it, nor touch much of the memory that is not its
 * own. Go programs (podman, runc) start other programs like this, as copying the page
 * tables of a large process is what makes fork() slow.
 */
int main(void)
{
	char *const argv[] = { (char *)"sh", (char *)"-c", (char *)"exit 0", NULL };
	char *const environment[] = { NULL };
	pid_t child;

	say("parent", (unsigned long)getpid());
	errno = posix_spawn(&child, "/bin/sh", NULL, NULL, argv, environment);
	must("posix_spawn", errno ? -1 : 0);
	say("child", (unsigned long)child);
	wait_for(child);
	return 0;
}
