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
	char *data = NULL;
	size_t cap = 0, len;
	int64_t next = 0;

	ct_queue_init(&queue);
	CHECK(!pthread_create(&thread, NULL, produce, &queue));
	while ((len = ct_queue_take(&queue, &data, &cap)) > 0)
		for (size_t at = 0; at < len; next++) {
			const struct ct_record *rec =
				(const struct ct_record *)(data + at);

			CHECK_INT(rec->ret, next);
			at += rec->size;
		}
	CHECK_INT(next, COUNT);
	pthread_join(thread, NULL);
	free(data);
	ct_queue_release(&queue);
}
