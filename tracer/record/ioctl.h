/* SPDX-License-Identifier: MIT */
/* The requests of ioctl(2) that networks are made with: what their argument points to. */
#ifndef CTTRACE_RECORD_IOCTL_H
#define CTTRACE_RECORD_IOCTL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ct_ioctl {
	uint32_t request;
	uint16_t size; /* bytes of the struct on a 64-bit machine; others are smaller */
	bool fills;    /* the kernel writes into it */
};

/* NULL: it is another one. The kernel looks at 32 bits. */
const struct ct_ioctl *ct_ioctl_find(uint64_t request);

/*
 * SIOCADDRT and SIOCDELRT name a device by a pointer within their struct, of pointers of
 * this width. Where that is, 0 for all others.
 */
size_t ct_ioctl_device_offset(uint64_t request, size_t width);

#endif
