/* SPDX-License-Identifier: MIT */
/* Who else sees my mounts? Peers do; slaves only receive; private mounts do neither. */
#include "sample.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>

/* A mount point is on another device than the directory above it. */
static unsigned long is_mounted(const char *dir)
{
	struct stat at, above;
	char *up;

	MUST(asprintf(&up, "%s/..", dir));
	MUST(stat(dir, &at));
	MUST(stat(up, &above));
	free(up);
	return at.st_dev != above.st_dev;
}

/* The child's namespace is a copy whose mounts are slaves: it sees ours, we not its. */
static int in_slave(int go)
{
	char byte;

	MUST(unshare(CLONE_NEWNS));
	MUST(mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL));
	MUST(mount("from-slave", "/mnt/b", "tmpfs", 0, NULL));
	MUST(write(go, "", 1));   /* the slave has mounted b … */
	MUST(read(go, &byte, 1)); /* … the master has mounted a */
	say("slave_sees_master", is_mounted("/mnt/a"));
	return 0;
}

int main(void)
{
	pid_t child;
	int pair[2];
	char byte;

	MUST(unshare(CLONE_NEWNS));
	/* Away from the host's peer group first; then a new group of our own on /mnt. */
	MUST(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	MUST(mount("stage", "/mnt", "tmpfs", 0, NULL));
	MUST(mount(NULL, "/mnt", NULL, MS_SHARED, NULL));
	MUST(mkdir("/mnt/a", 0700));
	MUST(mkdir("/mnt/b", 0700));
	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	child = (pid_t)MUST(fork());
	if (!child)
		return in_slave(pair[1]);
	MUST(read(pair[0], &byte, 1));
	MUST(mount("from-master", "/mnt/a", "tmpfs", 0, NULL));
	MUST(write(pair[0], "", 1));
	wait_for(child);
	say("master_sees_slave", is_mounted("/mnt/b"));
	say("child", (unsigned long)child);
	return 0;
}
