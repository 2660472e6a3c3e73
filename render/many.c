/* SPDX-License-Identifier: MIT */
/*
 * Each thread takes the next so many items, makes their text on its own, and waits for
 * its turn to hand it on. While one hands on, which may write to a file, the others go
 * on.
 */
#include "many.h"

#include "parallel.h"

#include <pthread.h>

#define PART    ((size_t)2048) /* items: some hundred KiB of text */
#define HELPERS 3              /* threads beside the caller's, at most */

struct work {
	struct ct_stream *stream;
	const struct ct_many *many;
	pthread_mutex_t lock;
	pthread_cond_t handed_on;
	size_t next, turn; /* parts: to be taken, to be handed on */
};

static void make_part(const struct work *w, struct ct_strbuf *text, size_t first)
{
	struct ct_json_out out = w->stream->json;
	size_t end = w->many->n - first < PART ? w->many->n : first + PART;

	ct_strbuf_reset(text);
	out.text = text;
	for (size_t i = first; i < end; i++) {
		out.any = false;
		ct_strbuf_adds(text, i > first ? ",\n" : "");
		w->many->put(&out, w->many->ctx, i);
	}
}

static void *work_on(void *arg)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	struct work *w = arg;
	size_t part;

	pthread_mutex_lock(&w->lock);
	while ((part = w->next) * PART < w->many->n) {
		w->next++;
		pthread_mutex_unlock(&w->lock);
		make_part(w, &text, part * PART);
		pthread_mutex_lock(&w->lock);
		while (w->turn != part)
			pthread_cond_wait(&w->handed_on, &w->lock);
		pthread_mutex_unlock(&w->lock);
		/* nobody else's turn comes before this one is over */
		ct_strbuf_add(ct_stream_begin_item(w->stream)->text, text.data, text.len);
		pthread_mutex_lock(&w->lock);
		w->turn++;
		pthread_cond_broadcast(&w->handed_on);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

/* What is useful: not more than there are processors, none for a few parts. */
static size_t helpers(size_t n)
{
	size_t most = ct_parallel_width(HELPERS + 1) - 1;

	return most < n / (2 * PART) ? most : n / (2 * PART);
}

void ct_many_add(struct ct_stream *stream, const struct ct_many *many)
{
	struct work w = { .stream = stream, .many = many };
	size_t n = helpers(many->n), started = 0;
	pthread_t threads[HELPERS];

	pthread_mutex_init(&w.lock, NULL);
	pthread_cond_init(&w.handed_on, NULL);
	/* one that cannot be started is not missed: this thread does what is left */
	while (started < n && !pthread_create(&threads[started], NULL, work_on, &w))
		started++;
	work_on(&w);
	while (started)
		pthread_join(threads[--started], NULL);
	pthread_cond_destroy(&w.handed_on);
	pthread_mutex_destroy(&w.lock);
}
