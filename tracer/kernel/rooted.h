/* SPDX-License-Identifier: MIT */
/* Files as a task sees them: names and symbolic links start at its root directory. */
#ifndef CTTRACE_KERNEL_ROOTED_H
#define CTTRACE_KERNEL_ROOTED_H

#include <stdint.h>
#include <sys/types.h>

/* The root directory of a stopped task; or -errno. */
int ct_rooted_root(pid_t tid);
/* Opens an absolute path below it; or -errno. */
int ct_rooted_open(int root, const char *path, uint64_t flags);
/* The first bytes of a file that O_PATH has shown to be a regular one; or -errno. */
ssize_t ct_rooted_read(int root, const char *path, char *buf, size_t len);

#endif
