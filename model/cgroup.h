/* SPDX-License-Identifier: MIT */
/* Moves between cgroups, and what is written to the files of a cgroup. */
#ifndef CTTRACE_MODEL_CGROUP_H
#define CTTRACE_MODEL_CGROUP_H

#include "state.h"

/* A new process: CLONE_INTO_CGROUP is a move too. */
void cgroup_birth(const struct feed *f);
/* Compares what the event says about `process` with what was known of it. */
void cgroup_snapshot(const struct feed *f, int process);
/* The same for whomever the event's snapshot is about. */
void cgroup_observe(struct feed *f);
/* A write to a file below /sys/fs/cgroup: a limit, if it is not about membership. */
void cgroup_write(struct feed *f);
/* The payload's cgroup, when nobody moved it. */
void cgroup_settle(const struct model *m, int process, struct ct_container *c);
/* Something that limits what the process builds, or will be found to build. */
void cgroup_add_limit(struct feed *f, const struct ct_limit *limit);

#endif
