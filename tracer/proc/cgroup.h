/* SPDX-License-Identifier: MIT */
/* The text of /proc/PID/cgroup. */
#ifndef CTTRACE_PROC_CGROUP_H
#define CTTRACE_PROC_CGROUP_H

#include "cttrace/event.h"
#include "span.h"

/* Fills the cgroups of *state, in the order of the text; a line that is none is skipped.
 */
void ct_proc_cgroup(struct ct_state *state, struct ct_span text, struct ct_arena *arena);

#endif
