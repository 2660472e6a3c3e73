/* SPDX-License-Identifier: MIT */
/* The magic links of /proc: names that stand for something that is already open. */
#ifndef CTTRACE_KERNEL_MAGIC_H
#define CTTRACE_KERNEL_MAGIC_H

#include <stddef.h>
#include <sys/types.h>

/*
 * How many bytes of path name a magic link: /proc/<who>/fd/<n>, …/ns/<type>, …/exe,
 * …/cwd, …/root, where <who> is self, thread-self or a number, with /task/<n> after it or
 * not. 0: path does not begin with one.
 */
size_t ct_magic_prefix(const char *path);

/*
 * Where the magic link at the beginning of path leads, for the task that names it. Length
 * of the target in buf (not terminated), 0 if path has no such beginning, or -errno.
 */
ssize_t ct_magic_link(pid_t tid, const char *path, char *buf, size_t len);

#endif
