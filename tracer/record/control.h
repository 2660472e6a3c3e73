/* SPDX-License-Identifier: MIT */
/* The control data of a message: cmsg(3). Pure and bounded: the bytes are a tracee's. */
#ifndef CTTRACE_RECORD_CONTROL_H
#define CTTRACE_RECORD_CONTROL_H

#include <stddef.h>

/*
 * The descriptors that go along (SCM_RIGHTS), of all its parts; max at most. `width`: of
 * a pointer in the sender, 4 or 8, and so of the lengths and gaps.
 */
size_t ct_control_descriptors(const void *control, size_t len, size_t width, int *fds,
			      size_t max);

#endif
