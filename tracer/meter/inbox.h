/* SPDX-License-Identifier: MIT */
/* How the tracing thread tells the sampling one which cgroups tasks were seen in. */
#ifndef CTTRACE_METER_INBOX_H
#define CTTRACE_METER_INBOX_H

#include "record.h"

#include <pthread.h>
#include <stdbool.h>

/* What /proc/TID/cgroup said of a task. */
struct ct_sighting {
	struct ct_task_id task;
	char *text;
	size_t len;
};

struct ct_inbox {
	uint64_t own_hash, last_hash; /* of texts that have nothing new; tracing thread */

	pthread_mutex_t lock;
	struct ct_sighting *items;
	size_t n, cap;
	bool closed;
};

void ct_inbox_init(struct ct_inbox *inbox);
void ct_inbox_release(struct ct_inbox *inbox);

/* A text that tells nothing: that of the tracer itself. Before anything is put in. */
void ct_inbox_ignore(struct ct_inbox *inbox, const char *text, size_t len);
bool ct_inbox_is_own(const struct ct_inbox *inbox, const char *text, size_t len);
/* From the tracing thread: false when the record has nothing that would be new. */
bool ct_inbox_put(struct ct_inbox *inbox, const struct ct_record *rec);
/* Nothing more will come. */
void ct_inbox_close(struct ct_inbox *inbox);

/* From the sampling thread: empties it. False when no more will come. */
bool ct_inbox_take(struct ct_inbox *inbox,
		   void (*fn)(void *ctx, const struct ct_sighting *sighting), void *ctx);

#endif
