/* SPDX-License-Identifier: MIT */
/* Following the magic links of /proc. */
#include "follow.h"

#include "magic.h"
#include "procfs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

ssize_t ct_follow_magic(pid_t tid, const char *path, char *buf, size_t len)
{
	size_t prefix = ct_magic_prefix(path, strlen(path));
	char proc[192];
	ssize_t n;

	if (!prefix)
		return 0;
	if (!strncmp(path, "/proc/self/", 11) ||
	    !strncmp(path, "/proc/thread-self/", 18)) {
		const char *name = strchr(path + 6, '/') + 1;

		snprintf(proc, sizeof(proc), "%.*s",
			 (int)(prefix - (size_t)(name - path)), name);
		return ct_procfs_link(tid, proc, buf, len);
	}
	/* a number is one of the task's own /proc, which is what its root leads to */
	snprintf(proc, sizeof(proc), "/proc/%d/root%.*s", tid, (int)prefix, path);
	n = readlink(proc, buf, len);
	return n < 0 ? -errno : n;
}
