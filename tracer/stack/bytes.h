/* SPDX-License-Identifier: MIT */
/* Bytes of a file that is not trusted, and the only ways to read a number from them. */
#ifndef CTTRACE_STACK_BYTES_H
#define CTTRACE_STACK_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct ct_bytes {
	const uint8_t *data; /* NULL: none */
	size_t len;
};

/* Is [at, at + count) inside? */
static inline bool ct_bytes_has(struct ct_bytes b, uint64_t at, uint64_t count)
{
	return at <= b.len && count <= b.len - at;
}

/* What begins at `at`; empty when that is outside. */
static inline struct ct_bytes ct_bytes_from(struct ct_bytes b, uint64_t at)
{
	if (!ct_bytes_has(b, at, 1))
		return (struct ct_bytes){ NULL, 0 };
	return (struct ct_bytes){ b.data + at, b.len - (size_t)at };
}

/* A little-endian number of `size` bytes (1 … 8); false when it is not all there. */
static inline bool ct_bytes_uint(struct ct_bytes b, uint64_t at, size_t size,
				 uint64_t *value)
{
	uint64_t v = 0;

	if (!ct_bytes_has(b, at, size))
		return false;
	memcpy(&v, b.data + at, size);
	*value = v;
	return true;
}

/* The same at *at, which moves behind it. */
static inline bool ct_bytes_take(struct ct_bytes b, uint64_t *at, size_t size,
				 uint64_t *value)
{
	if (!ct_bytes_uint(b, *at, size, value))
		return false;
	*at += size;
	return true;
}

/* A LEB128 number: groups of seven bits, lowest first; what exceeds 64 bits is lost. */
static inline bool ct_bytes_take_leb(struct ct_bytes b, uint64_t *at, uint64_t *value)
{
	uint64_t byte = 0x80;

	*value = 0;
	for (unsigned int shift = 0; byte & 0x80; shift += 7) {
		if (!ct_bytes_take(b, at, 1, &byte))
			return false;
		if (shift < 64)
			*value |= (byte & 0x7f) << shift;
	}
	return true;
}

/* The string at `at`, or NULL when it does not end inside. */
static inline const char *ct_bytes_str(struct ct_bytes b, uint64_t at)
{
	struct ct_bytes rest = ct_bytes_from(b, at);

	if (!rest.data || !memchr(rest.data, 0, rest.len))
		return NULL;
	return (const char *)rest.data;
}

#endif
