/* SPDX-License-Identifier: MIT */
/* A user namespace: root inside, nobody special outside. Needs no privilege at all. */
#include "sample.h"

#include <fcntl.h>
#include <sched.h>

static void write_line(const char *path, const char *line)
{
	int fd = (int)MUST(open(path, O_WRONLY | O_CLOEXEC));

	MUST(write(fd, line, strlen(line)));
	close(fd);
}

static void write_map(const char *path, unsigned int outside)
{
	char *line;

	MUST(asprintf(&line, "0 %u 1", outside));
	write_line(path, line);
	free(line);
}

int main(void)
{
	unsigned int uid = geteuid(), gid = getegid();

	say("outside_uid", uid);
	say("outside_gid", gid);
	say("before", ns_inode("/proc/self/ns/user"));
	MUST(unshare(CLONE_NEWUSER));
	say("after", ns_inode("/proc/self/ns/user"));
	say("unmapped_uid", getuid()); /* 65534: an id without a map is the overflow id */
	/*
	 * Each file can be written once. Without privilege outside, one line for one's
	 * own id, and the group map only after setgroups() is given up: leaving a group
	 * must not open what the group was kept out of.
	 */
	write_map("/proc/self/uid_map", uid);
	write_line("/proc/self/setgroups", "deny");
	write_map("/proc/self/gid_map", gid);
	say("inside_uid", getuid());
	say("inside_gid", getgid());
	return 0;
}
