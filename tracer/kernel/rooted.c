/* SPDX-License-Identifier: MIT */
/* openat2(2) at the root of another task. */
#include "rooted.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int ct_rooted_root(pid_t tid)
{
	char link[32];
	int fd;

	snprintf(link, sizeof(link), "/proc/%d/root", tid);
	fd = open(link, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

/* Symbolic links mean what they mean in the container, not here. */
int ct_rooted_open(int root, const char *path, uint64_t flags)
{
	struct open_how how = { .flags = flags | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT };
	int fd = (int)syscall(SYS_openat2, root, path, &how, sizeof(how));

	return fd < 0 ? -errno : fd;
}

/* It may have been replaced since it was looked at: O_NONBLOCK, for a fifo. */
ssize_t ct_rooted_read(int root, const char *path, char *buf, size_t len)
{
	int fd = ct_rooted_open(root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	size_t done = 0;
	ssize_t n = 0;

	if (fd < 0)
		return fd;
	while (done < len && (n = pread(fd, buf + done, len - done, (off_t)done)) > 0)
		done += (size_t)n;
	if (n < 0 && !done)
		n = -errno;
	close(fd);
	return n < 0 && !done ? n : (ssize_t)done;
}
