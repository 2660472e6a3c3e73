/* SPDX-License-Identifier: MIT */
/* Mount, limits, label and cgroup of the task that failed, where they say why. */
#ifndef CTTRACE_EXPLAIN_CIRCUMSTANCES_H
#define CTTRACE_EXPLAIN_CIRCUMSTANCES_H

#include "subject.h"

/* state: of the task, or NULL. */
void circumstances_add(struct subject *s, const struct ct_state *state);

#endif
