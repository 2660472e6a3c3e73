/* SPDX-License-Identifier: MIT */
/* The reader's side of a BPF ring buffer (Documentation/bpf/ringbuf.rst). */
#ifndef CTTRACE_FAILURES_RING_H
#define CTTRACE_FAILURES_RING_H

#include <stddef.h>
#include <stdint.h>

struct ct_ring {
	unsigned long *consumer;       /* a page of its own */
	const unsigned long *producer; /* likewise; the data follow, mapped twice */
	const char *data;
	size_t size; /* of the data: a power of two */
};

/* Maps the ring of `size` bytes behind a map's descriptor. -errno. */
int ct_ring_map(struct ct_ring *ring, int fd, size_t size);
void ct_ring_unmap(struct ct_ring *ring);

/* Bytes that wait to be read. From any thread. */
size_t ct_ring_used(const struct ct_ring *ring);

/*
 * Calls fn for everything that had been reserved when it was called; what is still being
 * written is waited for: that takes the writer some microseconds.
 */
void ct_ring_drain(struct ct_ring *ring,
		   void (*fn)(void *ctx, const void *bytes, size_t len), void *ctx);

#endif
