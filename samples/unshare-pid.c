/* SPDX-License-Identifier: MIT */
/* unshare(CLONE_NEWPID) does not move the caller, only the children it has later. */
#include "sample.h"

#include <sched.h>

int main(void)
{
	pid_t child;

	say("parent", (unsigned long)getpid());
	say("pid_before", ns_inode("/proc/self/ns/pid"));
	MUST(unshare(CLONE_NEWPID));
	/*
	 * A process never changes its pid, so it cannot change its pid namespace. What
	 * has changed is a second link, pid_for_children (which cannot be followed yet:
	 * the namespace begins to exist with its first process).
	 */
	say("pid_after", ns_inode("/proc/self/ns/pid"));
	child = (pid_t)MUST(fork());
	if (!child) {
		say("inner_pid", (unsigned long)getpid());
		return 0;
	}
	say("child", (unsigned long)child);
	say("pid_for_children", ns_inode("/proc/self/ns/pid_for_children"));
	wait_for(child);
	return 0;
}
