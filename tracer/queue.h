/* SPDX-License-Identifier: MIT */
/* Records on their way from the tracing thread to the thread that decodes and writes. */
#ifndef CTTRACE_TRACER_QUEUE_H
#define CTTRACE_TRACER_QUEUE_H

#include "record.h"

#include <pthread.h>

/*
 * Some writers, one reader. Records lie end to end in a buffer; the reader takes the whole
 * buffer at once and gives an empty one back. Nothing is ever dropped: when the buffer is
 * full, the writer waits.
 */
struct ct_queue {
	pthread_mutex_t lock;
	pthread_cond_t taken;
	int filled_fd; /* eventfd: there is something, or enough, or no more will come */
	char *data;
	size_t len, cap;
	bool closed, hurry;
};

struct ct_batch {
	char *data; /* to be freed */
	size_t len, cap;
	int64_t taken_ns; /* what was pushed before is in this batch or an earlier one */
};

/* -errno. */
int ct_queue_init(struct ct_queue *queue);
void ct_queue_release(struct ct_queue *queue);

void ct_queue_push(struct ct_queue *queue, const struct ct_record *rec);
/* Somebody waits for what has been pushed: the reader is to take it at once. */
void ct_queue_hurry(struct ct_queue *queue);
/* No more will come: the reader gets what is left, then nothing. */
void ct_queue_close(struct ct_queue *queue);

/*
 * Waits for records, or until `other_fd` is readable (-1: none), then a moment more so
 * that they come in batches (a wake-up per record would take the processor from the
 * tracees). Swaps the batch, empty before the first time, for the full buffer. False when
 * the queue is closed and empty.
 */
bool ct_queue_take(struct ct_queue *queue, struct ct_batch *batch, int other_fd);

#endif
