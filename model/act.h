/* SPDX-License-Identifier: MIT */
/* Acts: ids, privileges, kernel settings, and what happens to a container's cgroup. */
#ifndef CTTRACE_MODEL_ACT_H
#define CTTRACE_MODEL_ACT_H

#include "state.h"

/* A call that has returned, whether it failed or not. */
void act_note(struct feed *f);

#endif
