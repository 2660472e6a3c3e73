/* SPDX-License-Identifier: MIT */
/* A script of a script: one execve, and the interpreter of the last one is what runs. */
#include "hard.h"

#include <fcntl.h>
#include <sys/stat.h>

static void make(const char *name, const char *first, const char *second)
{
	int fd = (int)MUST(open(name, O_CREAT | O_WRONLY | O_EXCL, 0700));

	dprintf(fd, "#!%s\n%s\n", first, second);
	close(fd);
}

int main(void)
{
	char dir[] = "/tmp/cttrace-hard.XXXXXX";
	pid_t pid;

	if (!mkdtemp(dir))
		return 1;
	MUST(chdir(dir));
	make("inner", "/bin/sh", "exit 9");
	make("outer", "./inner", "");
	make("broken", "/no/such/interpreter", "");
	pid = (pid_t)MUST(fork());
	if (!pid) {
		execl("./broken", "broken", NULL);
		execl("./outer", "outer", "argument", NULL);
		_exit(1);
	}
	tell_status("the chain", status_of(pid));
	unlink("inner");
	unlink("outer");
	unlink("broken");
	rmdir(dir);
	return 0;
}
