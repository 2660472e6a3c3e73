/* SPDX-License-Identifier: MIT */
/* clone3() with CLONE_NEW… flags: a child that is born into new namespaces. */
#include "sample.h"

#include <linux/sched.h>
#include <signal.h>
#include <sys/syscall.h>

int main(void)
{
	struct clone_args args = {
		.flags = CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWPID,
		.exit_signal = SIGCHLD,
	};
	pid_t child;
	int hold[2];

	say("uts_before", ns_inode("/proc/self/ns/uts"));
	MUST(pipe(hold));
	child = (pid_t)MUST(syscall(SYS_clone3, &args, sizeof(args)));
	if (!child) {
		char end;

		close(hold[1]);
		say("inner_pid",
		    (unsigned long)getpid()); /* 1: the first in its pid namespace */
		say("uts", ns_inode("/proc/self/ns/uts"));
		say("ipc", ns_inode("/proc/self/ns/ipc"));
		say("net", ns_inode("/proc/self/ns/net"));
		return read(hold[0], &end, 1) == 0 ? 0 : 1;
	}
	/* /proc is that of our pid namespace: the child's link is read from here. */
	char *link;

	MUST(asprintf(&link, "/proc/%d/ns/pid", child));
	say("pid", ns_inode(link));
	free(link);
	say("child", (unsigned long)child);
	close(hold[1]);
	wait_for(child);
	return 0;
}
