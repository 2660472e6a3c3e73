/* SPDX-License-Identifier: MIT */
/* Following the magic links of /proc (magic.h), for the task that names them. */
#ifndef CTTRACE_KERNEL_FOLLOW_H
#define CTTRACE_KERNEL_FOLLOW_H

#include <stddef.h>
#include <sys/types.h>

/*
 * Where the magic link at the beginning of path leads. Length of the target in buf (not
 * terminated), 0 if path has no such beginning, or -errno.
 */
ssize_t ct_follow_magic(pid_t tid, const char *path, char *buf, size_t len);

#endif
