/* SPDX-License-Identifier: MIT */
/* The bytes that a vector of buffers in a stopped tracee holds. */
#ifndef CTTRACE_KERNEL_GATHER_H
#define CTTRACE_KERNEL_GATHER_H

#include "pointer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* struct iovec[] of a task whose pointers are `width` bytes wide. */
struct ct_iovecs {
	pid_t tid;
	size_t width;
	uint64_t addr, count;
	uint64_t filled; /* only so many bytes hold something: what a receive returned */
};

/*
 * End to end into buf, at most max bytes: how many, or -errno when there are none to be
 * had. *cut: there was more.
 */
ssize_t ct_gather(const struct ct_iovecs *iov, char *buf, size_t max, bool *cut);

/* The vector of a struct msghdr at `addr`; iov->tid and iov->width are given. 0 or
 * -errno. */
int ct_gather_msghdr(struct ct_iovecs *iov, uint64_t addr);

/* Is it a bpf(2) that loads a program which decides on devices? Then its instructions. */
bool ct_gather_device_program(struct ct_iovecs *iov, uint64_t cmd, const char *attr,
			      size_t len);

#endif
