/* SPDX-License-Identifier: MIT */
/*
 * A cgroup that is metered: the same one in all hierarchies of version 1. Its files stay
 * open: what was counted to the end can be read until the directory is gone.
 */
#ifndef CTTRACE_METER_PLACE_H
#define CTTRACE_METER_PLACE_H

#include "files.h"
#include "hierarchy.h"

struct ct_place {
	struct ct_task_id task; /* who was seen in it first */
	char *path;             /* in the hierarchy where that was */
	struct ct_place_part {
		int hierarchy;
		char *path;
	} * parts; /* one for each hierarchy that is known */
	size_t n_parts, cap_parts;
	int fds[CT_METER_FILES_MAX];    /* -1: not open */
	bool above[CT_METER_FILES_MAX]; /* not its own, or not open */
	int dir;                        /* of version 2; -1: none */
	int64_t figures[CT_FIGURES];    /* of the last sample */
	int64_t sampled_ns;             /* when; CLOCK_MONOTONIC, 0: never */
	int64_t due_ns;                 /* when the next one is */
	int64_t wait_ns;                /* between the two */
	bool gone;                      /* the cgroup was removed */
};

struct ct_place *ct_place_new(const struct ct_cgroup *cgroup, struct ct_task_id task);
void ct_place_free(struct ct_place *place); /* NULL is fine */

bool ct_place_has(const struct ct_place *place, const struct ct_cgroup *cgroup);
/* May it be the same one in another hierarchy? Its parents may have other names there. */
bool ct_place_could_have(const struct ct_place *place, const struct ct_cgroup *cgroup);
/*
 * Opens what this hierarchy has of the cgroup, whose directory is `dir`. A controller
 * that is not enabled there is looked for up to `levels` above, until it is enabled.
 */
void ct_place_open(struct ct_place *place, const struct ct_cgroup *cgroup,
		   const char *dir, int levels);
/* Reads all files. False when no figure has changed, or the cgroup is gone. */
bool ct_place_sample(struct ct_place *place);

#endif
