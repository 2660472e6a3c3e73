/* SPDX-License-Identifier: MIT */
/*
 * Samples the cgroups that tasks of the trace get into, on a thread of its own. Which
 * ones: those that /proc/TID/cgroup of a record shows and in which the tracer is not.
 */
#ifndef CTTRACE_METER_METER_H
#define CTTRACE_METER_METER_H

#include "cttrace/error.h"
#include "cttrace/mountinfo.h"
#include "record.h"

#include <sys/types.h>

struct ct_meter;

struct ct_meter_config {
	int64_t interval_ns;               /* between two samples of a cgroup */
	const struct ct_mountinfo *mounts; /* where its files are; stays alive */
	size_t n_mounts;
	void (*emit)(void *ctx, const struct ct_record *rec); /* on the meter's thread */
	void *ctx;
};

/* Starts the thread. NULL with err filled. */
struct ct_meter *ct_meter_start(const struct ct_meter_config *config,
				struct ct_error *err);
/* Takes the last samples, ends the thread; NULL is fine. */
void ct_meter_finish(struct ct_meter *meter);

/* From the tracing thread, for every record: costs it a glance. */
void ct_meter_see(struct ct_meter *meter, const struct ct_record *rec);
/*
 * From the same thread: a task stands before its end, so its cgroup cannot be removed
 * yet. Returns when that has been sampled, or somewhat later without.
 */
void ct_meter_before_end(struct ct_meter *meter, pid_t tid);

#endif
