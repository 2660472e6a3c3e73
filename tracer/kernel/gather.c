/* SPDX-License-Identifier: MIT */
/* As many buffers as a call of a runtime has; the rest is said to be cut off. */
#include "gather.h"

#include "memory.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stddef.h>
#include <string.h>

#define IOVECS_TAKEN 16

static size_t least(uint64_t a, uint64_t b)
{
	return (size_t)(a < b ? a : b);
}

ssize_t ct_gather(const struct ct_iovecs *iov, char *buf, size_t max, bool *cut)
{
	size_t width = iov->width, len = 0;
	char vec[IOVECS_TAKEN * 16];
	uint64_t total = 0;
	ssize_t n = ct_memory_read(iov->tid, iov->addr, vec,
				   least(iov->count, IOVECS_TAKEN) * 2 * width);

	for (size_t i = 0; n > 0 && (i + 1) * 2 * width <= (size_t)n; i++) {
		uint64_t base = ct_pointer_at(vec + i * 2 * width, width);
		uint64_t size = least(ct_pointer_at(vec + (i * 2 + 1) * width, width),
				      iov->filled - total);
		ssize_t got =
			ct_memory_read(iov->tid, base, buf + len, least(size, max - len));

		total += size;
		if (got > 0)
			len += (size_t)got;
	}
	*cut = total > len || (iov->count > IOVECS_TAKEN && total < iov->filled);
	return n < 0 ? n : (ssize_t)len;
}

int ct_gather_msghdr(struct ct_iovecs *iov, uint64_t addr)
{
	char head[4 * 8]; /* msg_name, msg_namelen, msg_iov, msg_iovlen */
	ssize_t n = ct_memory_read(iov->tid, addr, head, 4 * iov->width);

	if (n < (ssize_t)(4 * iov->width))
		return n < 0 ? (int)n : -EFAULT;
	iov->addr = ct_pointer_at(head + 2 * iov->width, iov->width);
	iov->count = ct_pointer_at(head + 3 * iov->width, iov->width);
	return 0;
}

bool ct_gather_device_program(struct ct_iovecs *iov, uint64_t cmd, const char *attr,
			      size_t len)
{
	uint32_t type, count;

	if (cmd != BPF_PROG_LOAD || len < offsetof(union bpf_attr, license))
		return false;
	memcpy(&type, attr + offsetof(union bpf_attr, prog_type), sizeof(type));
	memcpy(&count, attr + offsetof(union bpf_attr, insn_cnt), sizeof(count));
	memcpy(&iov->addr, attr + offsetof(union bpf_attr, insns), sizeof(iov->addr));
	iov->count = count;
	return type == BPF_PROG_TYPE_CGROUP_DEVICE;
}
