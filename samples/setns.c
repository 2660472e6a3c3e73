/* SPDX-License-Identifier: MIT */
/* setns(): joining a namespace that somebody else made, as `podman exec` does. */
#include "sample.h"

#include <fcntl.h>
#include <sched.h>

/* Makes a uts namespace with a child in it; the child stays until `hold` is closed. */
static pid_t make_other(int hold[2], int ready[2])
{
	pid_t child = (pid_t)MUST(fork());
	char byte;

	if (child)
		return child;
	close(hold[1]);
	MUST(unshare(CLONE_NEWUTS));
	MUST(sethostname("other", 5));
	MUST(write(ready[1], "", 1));
	_exit(read(hold[0], &byte, 1) == 0 ? 0 : 1);
}

int main(void)
{
	int hold[2], ready[2], ns;
	pid_t child;
	char *link, byte, name[8] = "";

	MUST(pipe(hold));
	MUST(pipe(ready));
	say("before", ns_inode("/proc/self/ns/uts"));
	child = make_other(hold, ready);
	MUST(read(ready[0], &byte, 1));
	/* An open descriptor of the link keeps a namespace alive, even an empty one. */
	MUST(asprintf(&link, "/proc/%d/ns/uts", child));
	ns = (int)MUST(open(link, O_RDONLY | O_CLOEXEC));
	say("other", ns_inode(link));
	free(link);
	MUST(setns(ns, CLONE_NEWUTS));
	say("after", ns_inode("/proc/self/ns/uts"));
	MUST(gethostname(name, sizeof(name)));
	printf("hostname = %s\n", name);
	say("joiner", (unsigned long)getpid());
	say("maker", (unsigned long)child);
	close(hold[1]);
	wait_for(child);
	return 0;
}
