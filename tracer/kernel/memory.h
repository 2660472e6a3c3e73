/* SPDX-License-Identifier: MIT */
/* Reading a stopped tracee's memory. */
#ifndef CTTRACE_KERNEL_MEMORY_H
#define CTTRACE_KERNEL_MEMORY_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Copies up to len bytes from addr. Returns how many could be read: fewer when the rest
 * is not mapped; -errno (EFAULT, EPERM, ESRCH) when nothing could.
 */
ssize_t ct_memory_read(pid_t tid, uint64_t addr, void *buf, size_t len);

/*
 * A NUL-terminated string into buf, at most len bytes, its NUL not counted. *cut is set
 * when no NUL was found within len or within the mapped memory.
 */
ssize_t ct_memory_read_string(pid_t tid, uint64_t addr, char *buf, size_t len, int *cut);

/* How something in memory begins: up to the end of its page; 0 bytes if not even so much
 * can be read, or nothing could be read of one before it. */
struct ct_beginning {
	char bytes[128];
	size_t len;
};
#define CT_BEGINNINGS 16

/* Of up to CT_BEGINNINGS addresses, in one call. */
void ct_memory_read_beginnings(pid_t tid, const uint64_t *addr, size_t n,
			       struct ct_beginning *beginning);

/* Writes a word; only for a call's own flags (CLONE_UNTRACED). 0 or -errno. */
int ct_memory_write_u64(pid_t tid, uint64_t addr, uint64_t value);

#endif
