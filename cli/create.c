/* SPDX-License-Identifier: MIT */
/* Whoever can write beside it gets neither the trace nor another file overwritten. */
#include "create.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TRIES 8 /* somebody else may make the file that we have just removed */

static int open_new(const char *path, uint64_t resolve)
{
	struct open_how how = { .flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
				.mode = 0600,
				.resolve = resolve };

	/* O_EXCL follows no link at the end of the path */
	if (!resolve)
		return open(path, (int)how.flags, 0600);
	return (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof(how));
}

/* 0 when a regular file was removed; a descriptor of what is none; -1 with errno. */
static int open_there(const char *path)
{
	struct stat st;

	if (lstat(path, &st))
		return errno == ENOENT ? 0 : -1;
	if (S_ISREG(st.st_mode))
		return unlink(path) && errno != ENOENT ? -1 : 0;
	return open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
}

static int try_create(const char *path, uint64_t resolve)
{
	for (int i = 0; i < TRIES; i++) {
		int fd = open_new(path, resolve);

		if (fd >= 0 || errno != EEXIST)
			return fd;
		fd = open_there(path);
		if (fd)
			return fd;
	}
	errno = EEXIST;
	return -1;
}

static int try_create_as(const char *path, const struct create_owner *owner)
{
	gid_t gid = (gid_t)setfsgid(owner->gid);
	uid_t uid = (uid_t)setfsuid(owner->uid); /* and no capability over files */
	int fd = try_create(path, 0), error = errno;

	setfsuid(uid);
	setfsgid(gid);
	errno = error;
	return fd;
}

int create_file(const char *path, const struct create_owner *owner, struct ct_error *err)
{
	int fd = owner ? try_create_as(path, owner) : try_create(path, 0);

	if (fd < 0 && owner && (errno == EACCES || errno == EPERM))
		fd = try_create(path, RESOLVE_NO_SYMLINKS);
	if (fd < 0)
		return ct_error_set(err, errno, "cannot write %s: %s", path,
				    errno == ELOOP ? "it is a symbolic link"
						   : strerror(errno));
	return fd;
}
