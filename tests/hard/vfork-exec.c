/* SPDX-License-Identifier: MIT */
/* vfork, the way Go and posix_spawn() start programs; with execs that work and that fail.
 */
#include "hard.h"

#include <spawn.h>

static char *const no_environment[] = { NULL };

static void run(const char *path)
{
	char *const argv[] = { (char *)"true", NULL };
	pid_t child = (pid_t)MUST(vfork());

	if (!child) {
		execve(path, argv, no_environment);
		_exit(errno);
	}
	tell_status(path, status_of(child));
}

int main(void)
{
	char *const argv[] = { (char *)"true", NULL };
	pid_t child;

	for (int i = 0; i < 5; i++) {
		run("/bin/true");
		run("/no/such/program");
		run("/etc/passwd");
	}
	tell("posix_spawn of nothing", "gives",
	     posix_spawn(&child, "/no/such/program", NULL, NULL, argv, no_environment));
	tell("posix_spawn", "gives",
	     posix_spawn(&child, "/bin/true", NULL, NULL, argv, no_environment));
	tell_status("/bin/true", status_of(child));
	return 0;
}
