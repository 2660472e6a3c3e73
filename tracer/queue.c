/* SPDX-License-Identifier: MIT */
/* The record queue. */
#include "queue.h"

#include "alloc.h"
#include "monotonic.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define CAP_FIRST   ((size_t)1 << 18)
#define CAP_MAX     ((size_t)1 << 23) /* the tracing thread waits rather than hold more */
#define BATCH_BYTES ((size_t)1 << 17) /* enough to be worth a wake-up */
#define BATCH_MS    20                /* the longest a record waits to be written */

int ct_queue_init(struct ct_queue *queue)
{
	memset(queue, 0, sizeof(*queue));
	queue->filled_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (queue->filled_fd < 0)
		return -errno;
	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->taken, NULL);
	return 0;
}

void ct_queue_release(struct ct_queue *queue)
{
	pthread_cond_destroy(&queue->taken);
	pthread_mutex_destroy(&queue->lock);
	close(queue->filled_fd);
	free(queue->data);
}

static void make_room(struct ct_queue *queue, size_t size)
{
	while (queue->len && queue->len + size > CAP_MAX)
		pthread_cond_wait(&queue->taken, &queue->lock);
	if (queue->len + size <= queue->cap)
		return;
	while (queue->cap < queue->len + size)
		queue->cap = queue->cap ? queue->cap * 2 : CAP_FIRST;
	queue->data = ct_realloc(queue->data, queue->cap, 1);
}

static void wake(struct ct_queue *queue)
{
	eventfd_write(queue->filled_fd, 1);
}

void ct_queue_push(struct ct_queue *queue, const struct ct_record *rec)
{
	size_t before;

	pthread_mutex_lock(&queue->lock);
	make_room(queue, rec->size);
	memcpy(queue->data + queue->len, rec, rec->size);
	before = queue->len;
	queue->len += rec->size;
	pthread_mutex_unlock(&queue->lock);
	if (!before || (before < BATCH_BYTES && before + rec->size >= BATCH_BYTES))
		wake(queue);
}

static void set(struct ct_queue *queue, bool *flag)
{
	pthread_mutex_lock(&queue->lock);
	*flag = true;
	pthread_mutex_unlock(&queue->lock);
	wake(queue);
}

void ct_queue_hurry(struct ct_queue *queue)
{
	set(queue, &queue->hurry);
}

void ct_queue_close(struct ct_queue *queue)
{
	set(queue, &queue->closed);
}

static bool is_full(struct ct_queue *queue)
{
	bool full;

	pthread_mutex_lock(&queue->lock);
	full = queue->closed || queue->hurry || queue->len >= BATCH_BYTES;
	pthread_mutex_unlock(&queue->lock);
	return full;
}

static void wait_for_batch(struct ct_queue *queue, int other_fd)
{
	struct pollfd fds[2] = { { .fd = queue->filled_fd, .events = POLLIN },
				 { .fd = other_fd, .events = POLLIN } };
	int64_t end, left_ms;
	eventfd_t count;

	poll(fds, 2, -1);
	end = ct_monotonic_ns() + BATCH_MS * INT64_C(1000000);
	eventfd_read(queue->filled_fd, &count);
	while (!is_full(queue) && (left_ms = (end - ct_monotonic_ns()) / 1000000) > 0) {
		poll(fds, 1, (int)left_ms);
		eventfd_read(queue->filled_fd, &count);
	}
}

bool ct_queue_take(struct ct_queue *queue, struct ct_batch *batch, int other_fd)
{
	struct ct_batch empty = *batch;
	bool more;

	if (!is_full(queue))
		wait_for_batch(queue, other_fd);
	pthread_mutex_lock(&queue->lock);
	*batch = (struct ct_batch){ queue->data, queue->len, queue->cap,
				    ct_monotonic_ns() };
	queue->data = empty.data;
	queue->cap = empty.cap;
	queue->len = 0;
	queue->hurry = false;
	more = batch->len || !queue->closed;
	pthread_cond_broadcast(&queue->taken);
	pthread_mutex_unlock(&queue->lock);
	return more;
}
