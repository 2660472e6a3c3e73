/* SPDX-License-Identifier: MIT */
/* Pointers, and lengths as long, of a task that may be narrower than we are. */
#ifndef CTTRACE_RECORD_POINTER_H
#define CTTRACE_RECORD_POINTER_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A pointer of that width, 4 or 8, out of raw bytes. */
static inline uint64_t ct_pointer_at(const char *bytes, size_t width)
{
	uint64_t word = 0;

	memcpy(&word, bytes, width);
	return word;
}

#endif
