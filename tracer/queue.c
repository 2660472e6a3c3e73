/* SPDX-License-Identifier: MIT */
/* The record queue. */
#include "queue.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CAP_FIRST   ((size_t)1 << 18)
#define CAP_MAX     ((size_t)1 << 23) /* the tracing thread waits rather than hold more */
#define BATCH_BYTES ((size_t)1 << 17) /* enough to be worth a wake-up */
#define BATCH_NS    20000000          /* the longest a record waits to be written */

void ct_queue_init(struct ct_queue *queue)
{
	pthread_condattr_t attr;

	memset(queue, 0, sizeof(*queue));
	pthread_mutex_init(&queue->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&queue->filled, &attr);
	pthread_cond_init(&queue->taken, NULL);
	pthread_condattr_destroy(&attr);
}

void ct_queue_release(struct ct_queue *queue)
{
	pthread_cond_destroy(&queue->filled);
	pthread_cond_destroy(&queue->taken);
	pthread_mutex_destroy(&queue->lock);
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

void ct_queue_push(struct ct_queue *queue, const struct ct_record *rec)
{
	bool wake;

	pthread_mutex_lock(&queue->lock);
	make_room(queue, rec->size);
	memcpy(queue->data + queue->len, rec, rec->size);
	wake = !queue->len || queue->len + rec->size >= BATCH_BYTES;
	queue->len += rec->size;
	if (wake)
		pthread_cond_signal(&queue->filled);
	pthread_mutex_unlock(&queue->lock);
}

void ct_queue_close(struct ct_queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->closed = true;
	pthread_cond_signal(&queue->filled);
	pthread_mutex_unlock(&queue->lock);
}

static struct timespec from_now(long ns)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	ts.tv_nsec += ns;
	if (ts.tv_nsec >= 1000000000) {
		ts.tv_nsec -= 1000000000;
		ts.tv_sec++;
	}
	return ts;
}

size_t ct_queue_take(struct ct_queue *queue, char **data, size_t *cap)
{
	struct timespec until;
	char *empty = *data;
	size_t len, empty_cap = *cap;

	pthread_mutex_lock(&queue->lock);
	while (!queue->len && !queue->closed)
		pthread_cond_wait(&queue->filled, &queue->lock);
	until = from_now(BATCH_NS);
	while (queue->len < BATCH_BYTES && !queue->closed &&
	       !pthread_cond_timedwait(&queue->filled, &queue->lock, &until))
		continue;
	len = queue->len;
	*data = queue->data;
	*cap = queue->cap;
	queue->data = empty;
	queue->cap = empty_cap;
	queue->len = 0;
	pthread_cond_signal(&queue->taken);
	pthread_mutex_unlock(&queue->lock);
	return len;
}
