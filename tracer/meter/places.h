/* SPDX-License-Identifier: MIT */
/* The cgroups that are metered: those in which tasks were seen, and the tracer is not. */
#ifndef CTTRACE_METER_PLACES_H
#define CTTRACE_METER_PLACES_H

#include "place.h"

#include "cttrace/arena.h"
#include "cttrace/mountinfo.h"

struct ct_places {
	const struct ct_mountinfo *mounts; /* where files of cgroups are; stays alive */
	size_t n_mounts;
	struct ct_arena arena; /* of own */
	struct ct_state own;   /* the tracer's cgroups */
	struct ct_place **place;
	size_t n, cap;
	bool crowded; /* there were too many */
};

/* `own` is the tracer's /proc/self/cgroup. */
void ct_places_init(struct ct_places *places, struct ct_span own);
void ct_places_release(struct ct_places *places);

/* A task was seen: this is its /proc/TID/cgroup. */
void ct_places_enter(struct ct_places *places, struct ct_task_id task,
		     struct ct_span text);
/* The metered place that such a text means, or NULL. */
struct ct_place *ct_places_find(const struct ct_places *places, struct ct_span text);

#endif
