/* SPDX-License-Identifier: MIT */
/* process_vm_readv(2), cut at page borders; /proc/TID/mem where that is refused. */
#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <unistd.h>

#define PAGE       4096u
#define MAX_PIECES 17 /* 64 KiB and a part of a page */

/*
 * process_vm_readv() stops at the first remote iovec that it cannot read whole: with one
 * iovec a page, everything before the first unmapped page arrives.
 */
static ssize_t read_pages(pid_t tid, uint64_t addr, void *buf, size_t len)
{
	struct iovec local = { buf, 0 }, remote[MAX_PIECES];
	unsigned long n = 0;

	while (len && n < MAX_PIECES) {
		size_t piece = PAGE - (addr & (PAGE - 1));

		if (piece > len)
			piece = len;
		remote[n++] = (struct iovec){ (void *)(uintptr_t)addr, piece };
		local.iov_len += piece;
		addr += piece;
		len -= piece;
	}
	return process_vm_readv(tid, &local, 1, remote, n, 0);
}

/* A task that is not dumpable, with a tracer that has CAP_SYS_PTRACE: mem still works. */
static ssize_t read_mem_file(pid_t tid, uint64_t addr, void *buf, size_t len)
{
	char path[32];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/mem", tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	n = pread(fd, buf, len, (off_t)addr);
	if (n < 0)
		n = errno == EIO ? -EFAULT : -errno;
	close(fd);
	return n ? n : -EFAULT;
}

ssize_t ct_memory_read(pid_t tid, uint64_t addr, void *buf, size_t len)
{
	size_t done = 0;

	if (!addr)
		return -EFAULT;
	while (done < len) {
		ssize_t n = read_pages(tid, addr + done, (char *)buf + done, len - done);

		if (n < 0 && errno == EPERM && !done)
			return read_mem_file(tid, addr, buf, len);
		if (n < 0 && !done)
			return -errno;
		if (n <= 0)
			break;
		done += (size_t)n;
		if ((addr + done) & (PAGE - 1))
			break; /* it stopped within a page: the next one is not mapped */
	}
	return (ssize_t)done;
}

ssize_t ct_memory_read_string(pid_t tid, uint64_t addr, char *buf, size_t len, int *cut)
{
	size_t done = 0, piece = 256;

	*cut = 0;
	while (done < len) {
		char *nul;
		ssize_t n;

		/* most strings are short: one small read, then page by page */
		if (piece > len - done)
			piece = len - done;
		n = ct_memory_read(tid, addr + done, buf + done, piece);
		if (n <= 0) {
			*cut = 1;
			return done ? (ssize_t)done : n;
		}
		nul = memchr(buf + done, '\0', (size_t)n);
		if (nul)
			return nul - buf;
		done += (size_t)n;
		piece = PAGE;
	}
	*cut = 1;
	return (ssize_t)done;
}

void ct_memory_read_beginnings(pid_t tid, const uint64_t *addr, size_t n,
			       struct ct_beginning *beginning)
{
	struct iovec local[CT_BEGINNINGS], remote[CT_BEGINNINGS];
	ssize_t got;

	for (size_t i = 0; i < n; i++) {
		size_t piece = PAGE - (addr[i] & (PAGE - 1));

		if (piece > sizeof(beginning->bytes))
			piece = sizeof(beginning->bytes);
		local[i] = (struct iovec){ beginning[i].bytes, piece };
		remote[i] = (struct iovec){ (void *)(uintptr_t)addr[i], piece };
	}
	got = n ? process_vm_readv(tid, local, n, remote, n, 0) : 0;
	for (size_t i = 0; i < n; i++) {
		bool whole = got >= (ssize_t)local[i].iov_len;

		beginning[i].len = whole ? local[i].iov_len : 0;
		got -= whole ? (ssize_t)local[i].iov_len : got;
	}
}

int ct_memory_write_u64(pid_t tid, uint64_t addr, uint64_t value)
{
	if (ptrace(PTRACE_POKEDATA, tid, (void *)(uintptr_t)addr,
		   (void *)(uintptr_t)value))
		return -errno;
	return 0;
}
