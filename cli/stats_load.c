/* SPDX-License-Identifier: MIT */
/*
 * Each thread takes the next trace, and keeps its numbers alone: so there are never more
 * traces in memory than threads. They are put together in the order of the command line,
 * whoever was first.
 */
#include "stats_load.h"

#include "live.h"

#include "alloc.h"
#include "parallel.h"

#include <pthread.h>
#include <stdlib.h>

#define THREADS_MAX 4

struct load {
	char *const *paths;
	size_t n;
	pthread_mutex_t lock; /* of all below */
	pthread_cond_t ready;
	size_t next;               /* to be taken */
	struct ct_sample **loaded; /* per trace; NULL: not yet, or it cannot be read */
	bool *done;
};

static struct ct_sample *load_one(const char *path)
{
	struct ct_error err = { 0 };
	struct ct_trace *trace = ct_trace_open(path, &err);
	struct ct_sample *sample;
	struct ct_model *model;

	if (!trace) {
		live_remark(err.text);
		return NULL;
	}
	model = ct_model_of_trace(trace);
	sample = ct_sample_of_run(model, path);
	ct_model_free(model);
	ct_trace_free(trace);
	return sample;
}

static void *work(void *arg)
{
	struct load *load = arg;

	pthread_mutex_lock(&load->lock);
	while (load->next < load->n) {
		size_t mine = load->next++;
		struct ct_sample *sample;

		pthread_mutex_unlock(&load->lock);
		sample = load_one(load->paths[mine]);
		pthread_mutex_lock(&load->lock);
		load->loaded[mine] = sample;
		load->done[mine] = true;
		pthread_cond_signal(&load->ready);
	}
	pthread_mutex_unlock(&load->lock);
	return NULL;
}

static struct ct_sample *wait_for(struct load *load, size_t i)
{
	struct ct_sample *sample;

	pthread_mutex_lock(&load->lock);
	while (!load->done[i])
		pthread_cond_wait(&load->ready, &load->lock);
	sample = load->loaded[i];
	pthread_mutex_unlock(&load->lock);
	return sample;
}

static struct ct_sample *collect(struct load *load, size_t *n_unread)
{
	struct ct_sample *all = ct_sample_new();

	for (size_t i = 0; i < load->n; i++) {
		struct ct_sample *one = wait_for(load, i);

		if (one)
			ct_sample_merge(all, one);
		else
			(*n_unread)++;
		ct_sample_free(one);
	}
	return all;
}

static size_t thread_count(size_t n)
{
	size_t most = ct_parallel_width(THREADS_MAX);

	return n < most ? n : most;
}

struct ct_sample *stats_load(char *const *paths, size_t n, size_t *n_unread)
{
	struct load load = { .paths = paths,
			     .n = n,
			     .lock = PTHREAD_MUTEX_INITIALIZER,
			     .ready = PTHREAD_COND_INITIALIZER,
			     .loaded = ct_alloc((n + 1) * sizeof(*load.loaded)),
			     .done = ct_alloc((n + 1) * sizeof(*load.done)) };
	pthread_t threads[THREADS_MAX];
	size_t n_threads = 0;
	struct ct_sample *all;

	while (n_threads < thread_count(n) &&
	       !pthread_create(&threads[n_threads], NULL, work, &load))
		n_threads++;
	if (!n_threads)
		work(&load);
	all = collect(&load, n_unread);
	for (size_t i = 0; i < n_threads; i++)
		pthread_join(threads[i], NULL);
	free(load.loaded);
	free(load.done);
	return all;
}
