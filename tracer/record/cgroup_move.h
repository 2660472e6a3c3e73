/* SPDX-License-Identifier: MIT */
/* Writes that move a task into a cgroup. */
#ifndef CTTRACE_RECORD_CGROUP_MOVE_H
#define CTTRACE_RECORD_CGROUP_MOVE_H

#include "record.h"

#include <stdbool.h>

/*
 * Does this write to a file of a cgroup move a task, and which? *pid is as it was
 * written: in the writer's pid namespace; 0: the writer itself.
 */
bool ct_record_moves(const struct ct_record *rec, int32_t *pid);

#endif
