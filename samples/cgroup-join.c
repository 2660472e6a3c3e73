/* SPDX-License-Identifier: MIT */
/* A process joins a cgroup when its pid is written to the cgroup's cgroup.procs. */
#include "sample.h"

#include <fcntl.h>

/* The unified hierarchy: at /sys/fs/cgroup, or below it on a host with both versions. */
static char *new_cgroup(void)
{
	const char *top = access("/sys/fs/cgroup/cgroup.procs", F_OK)
				  ? "/sys/fs/cgroup/unified"
				  : "/sys/fs/cgroup";
	char *dir;

	MUST(asprintf(&dir, "%s/cttrace-sample-%d", top, getpid()));
	return dir;
}

static void move_to(const char *dir, const char *pid)
{
	char *path;
	int fd;

	MUST(asprintf(&path, "%s/cgroup.procs", dir));
	fd = (int)MUST(open(path, O_WRONLY | O_CLOEXEC));
	MUST(write(fd, pid, strlen(pid)));
	close(fd);
	free(path);
}

int main(void)
{
	char *dir = new_cgroup(), *pid, byte;
	int hold[2];
	pid_t child;

	must("a new cgroup", mkdir(dir, 0755)); /* a directory is all that it takes */
	MUST(pipe(hold));
	child = (pid_t)MUST(fork());
	if (!child) {
		close(hold[1]);
		_exit(read(hold[0], &byte, 1) == 0 ? 0 : 1);
	}
	say("writer", (unsigned long)getpid());
	say("child", (unsigned long)child);
	printf("cgroup = /%s\n", basename(dir));
	/* Somebody else moves the child: no call of the child's own tells about it. */
	MUST(asprintf(&pid, "%d", child));
	move_to(dir, pid);
	close(hold[1]);
	wait_for(child);
	MUST(rmdir(dir)); /* works as soon as no process is in it */
	free(dir);
	free(pid);
	return 0;
}
