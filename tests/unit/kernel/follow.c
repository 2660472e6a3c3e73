/* SPDX-License-Identifier: MIT */
/* Which names of /proc are magic links, and where they lead: checked against the kernel.
 */
#include "follow.h"
#include "magic.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static void check_prefix(const char *path, const char *magic)
{
	CHECK_INT(ct_magic_prefix(path, strlen(path)), strlen(magic));
}

TEST(prefixes)
{
	check_prefix("/proc/self/fd/7", "/proc/self/fd/7");
	check_prefix("/proc/self/fd/7/dev", "/proc/self/fd/7");
	check_prefix("/proc/thread-self/fd/12", "/proc/thread-self/fd/12");
	check_prefix("/proc/123/ns/net", "/proc/123/ns/net");
	check_prefix("/proc/123/task/124/ns/net", "/proc/123/task/124/ns/net");
	check_prefix("/proc/self/exe", "/proc/self/exe");
	check_prefix("/proc/self/root/etc", "/proc/self/root");
}

TEST(no_prefixes)
{
	check_prefix("/proc/self/fd/", "");
	check_prefix("/proc/self/fd", "");
	check_prefix("/proc/self/status", "");
	check_prefix("/proc/sys/kernel/ns", "");
	check_prefix("/proc//fd/1", "");
	check_prefix("/process/self/exe", "");
	check_prefix("/proc/self/executable", "");
	check_prefix("", "");
}

TEST(follows_a_descriptor)
{
	char path[64], link[256];
	int fd = open("/usr", O_PATH | O_CLOEXEC);
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/self/fd/%d/bin", fd);
	n = ct_follow_magic(getpid(), path, link, sizeof(link));
	CHECK_INT(n, 4);
	CHECK(!memcmp(link, "/usr", 4));
	close(fd);
	CHECK_INT(ct_follow_magic(getpid(), path, link, sizeof(link)), -ENOENT);
}

TEST(follows_a_number_through_the_tasks_root)
{
	char path[64], link[256], want[256];
	ssize_t n, m;

	snprintf(path, sizeof(path), "/proc/%d/ns/uts", getpid());
	n = ct_follow_magic(getpid(), path, link, sizeof(link));
	m = readlink("/proc/self/ns/uts", want, sizeof(want));
	CHECK_INT(n, m);
	CHECK(!memcmp(link, want, (size_t)n));
}
