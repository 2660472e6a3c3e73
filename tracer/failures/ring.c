/* SPDX-License-Identifier: MIT */
/* Positions only grow; the data are mapped twice, so that none wraps around. */
#include "ring.h"

#include <errno.h>
#include <linux/bpf.h>
#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#define LEN_BITS (~(uint32_t)(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT))

static size_t page(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

int ct_ring_map(struct ct_ring *ring, int fd, size_t size)
{
	void *consumer, *producer;

	*ring = (struct ct_ring){ .size = size };
	consumer = mmap(NULL, page(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (consumer == MAP_FAILED)
		return -errno;
	ring->consumer = consumer;
	producer =
		mmap(NULL, page() + 2 * size, PROT_READ, MAP_SHARED, fd, (off_t)page());
	if (producer == MAP_FAILED) {
		int r = -errno;

		ct_ring_unmap(ring);
		return r;
	}
	ring->producer = producer;
	ring->data = (const char *)producer + page();
	return 0;
}

void ct_ring_unmap(struct ct_ring *ring)
{
	if (ring->consumer)
		munmap(ring->consumer, page());
	if (ring->producer)
		munmap((void *)(uintptr_t)ring->producer, page() + 2 * ring->size);
	*ring = (struct ct_ring){ NULL, NULL, NULL, 0 };
}

static uint32_t wait_for(const uint32_t *header)
{
	uint32_t len;

	while ((len = __atomic_load_n(header, __ATOMIC_ACQUIRE)) & BPF_RINGBUF_BUSY_BIT)
		sched_yield();
	return len;
}

size_t ct_ring_used(const struct ct_ring *ring)
{
	/* in this order: else the reader may seem to be ahead */
	unsigned long read = __atomic_load_n(ring->consumer, __ATOMIC_SEQ_CST);

	return __atomic_load_n(ring->producer, __ATOMIC_SEQ_CST) - read;
}

void ct_ring_drain(struct ct_ring *ring,
		   void (*fn)(void *ctx, const void *bytes, size_t len), void *ctx)
{
	unsigned long end = __atomic_load_n(ring->producer, __ATOMIC_ACQUIRE);
	unsigned long at = *ring->consumer;

	while (at < end) {
		const char *p = ring->data + (at & (ring->size - 1));
		uint32_t header = wait_for((const uint32_t *)p);
		uint32_t len = header & LEN_BITS;

		if (!(header & BPF_RINGBUF_DISCARD_BIT))
			fn(ctx, p + BPF_RINGBUF_HDR_SZ, len);
		at += (len + BPF_RINGBUF_HDR_SZ + 7) & ~7ul;
		__atomic_store_n(ring->consumer, at, __ATOMIC_SEQ_CST);
	}
}
