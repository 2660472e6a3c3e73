/* SPDX-License-Identifier: MIT */
/* How programs are started: fork() copies the process, exec replaces its program. */
#include "sample.h"

int main(void)
{
	pid_t child;

	say("parent", (unsigned long)getpid());
	child = (pid_t)MUST(fork());
	if (!child) {
		/* Still this process, with this pid: only the program changes. */
		MUST(execl("/bin/sh", "sh", "-c", "exit 3", NULL));
	}
	say("child", (unsigned long)child);
	/* Until its parent asks how it ended, an ended child stays as a zombie. */
	int status;

	MUST(waitpid(child, &status, 0));
	say("status", (unsigned long)WEXITSTATUS(status));
	return 0;
}
