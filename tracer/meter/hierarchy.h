/* SPDX-License-Identifier: MIT */
/* Where the cgroups of a task are in the file system. */
#ifndef CTTRACE_METER_HIERARCHY_H
#define CTTRACE_METER_HIERARCHY_H

#include "cttrace/event.h"
#include "cttrace/mountinfo.h"

#include <stdbool.h>

/* Has the hierarchy of `cgroup` this controller? "" is the hierarchy of version 2. */
bool ct_hierarchy_has(const struct ct_cgroup *cgroup, const char *controller);
/*
 * The directory of a cgroup, a line of /proc/PID/cgroup, by the tracer's mount table. To
 * be freed; NULL when it cannot be reached.
 */
char *ct_hierarchy_directory(const struct ct_cgroup *cgroup,
			     const struct ct_mountinfo *mounts, size_t n_mounts);
/*
 * How many levels a cgroup lies below the deepest one that it has in common with another
 * of the same hierarchy: 0 for the same one, or one above it.
 */
int ct_hierarchy_apart(const char *path, const char *other);

#endif
