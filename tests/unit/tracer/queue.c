/* SPDX-License-Identifier: MIT */
/* The record queue: nothing is lost, and the order stays. */
#include "queue.h"
#include "test.h"

#include <stdlib.h>

#define COUNT 300000

static void *produce(void *ctx)
{
	struct ct_queue *queue = ctx;

	for (int i = 0; i < COUNT; i++) {
		struct ct_record rec = { .size = sizeof(rec) };

		rec.ret = i;
		ct_queue_push(queue, &rec);
	}
	ct_queue_close(queue);
	return NULL;
}

TEST(records_arrive_in_order)
{
	struct ct_queue queue;
	pthread_t thread;
	struct ct_batch batch = { 0 };
	int64_t next = 0;

	CHECK(!ct_queue_init(&queue));
	CHECK(!pthread_create(&thread, NULL, produce, &queue));
	while (ct_queue_take(&queue, &batch, -1))
		for (size_t at = 0; at < batch.len; next++) {
			const struct ct_record *rec =
				(const struct ct_record *)(batch.data + at);

			CHECK_INT(rec->ret, next);
			at += rec->size;
		}
	CHECK_INT(next, COUNT);
	pthread_join(thread, NULL);
	free(batch.data);
	ct_queue_release(&queue);
}
