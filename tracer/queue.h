/* SPDX-License-Identifier: MIT */
/* Records on their way from the tracing thread to the thread that decodes and writes. */
#ifndef CTTRACE_TRACER_QUEUE_H
#define CTTRACE_TRACER_QUEUE_H

#include "record.h"

#include <pthread.h>

/*
 * One writer, one reader. Records lie end to end in a buffer; the reader takes the whole
 * buffer at once and gives an empty one back. Nothing is ever dropped: when the buffer is
 * full, the writer waits.
 */
struct ct_queue {
	pthread_mutex_t lock;
	pthread_cond_t filled, taken;
	char *data;
	size_t len, cap;
	bool closed;
};

void ct_queue_init(struct ct_queue *queue);
void ct_queue_release(struct ct_queue *queue);

void ct_queue_push(struct ct_queue *queue, const struct ct_record *rec);
/* No more will come: the reader gets what is left, then nothing. */
void ct_queue_close(struct ct_queue *queue);

/*
 * Waits for records, then a moment more so that they come in batches (a wake-up per
 * record would take the processor from the tracees). Swaps *data, an empty buffer of *cap
 * bytes or NULL, for the full one. Returns its bytes; 0 when the queue is closed and
 * empty.
 */
size_t ct_queue_take(struct ct_queue *queue, char **data, size_t *cap);

#endif
