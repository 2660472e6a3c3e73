/* SPDX-License-Identifier: MIT */
/* Finding and following the magic links of /proc. */
#include "magic.h"

#include "procfs.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Length of the path component at p. */
static size_t component(const char *p)
{
	return strcspn(p, "/");
}

static bool is_number(const char *p, size_t len)
{
	return len && strspn(p, "0123456789") >= len;
}

static bool is(const char *p, size_t len, const char *word)
{
	return strlen(word) == len && !memcmp(p, word, len);
}

/* The end of "/proc/<who>/" or "/proc/<who>/task/<n>/", or NULL. */
static const char *after_task(const char *path)
{
	const char *p = path;
	size_t len;

	if (strncmp(p, "/proc/", 6) != 0)
		return NULL;
	p += 6;
	len = component(p);
	if (!is(p, len, "self") && !is(p, len, "thread-self") && !is_number(p, len))
		return NULL;
	p += len;
	if (!strncmp(p, "/task/", 6) && is_number(p + 6, component(p + 6)))
		p += 6 + component(p + 6);
	return *p == '/' ? p + 1 : NULL;
}

size_t ct_magic_prefix(const char *path)
{
	const char *p = after_task(path);
	size_t len;

	if (!p)
		return 0;
	len = component(p);
	if (is(p, len, "exe") || is(p, len, "cwd") || is(p, len, "root"))
		return (size_t)(p - path) + len;
	if (p[len] != '/' || !(is(p, len, "fd") || is(p, len, "ns")))
		return 0;
	p += len + 1;
	len = component(p);
	return len ? (size_t)(p - path) + len : 0;
}

ssize_t ct_magic_link(pid_t tid, const char *path, char *buf, size_t len)
{
	size_t prefix = ct_magic_prefix(path);
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
