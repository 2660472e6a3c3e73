/* SPDX-License-Identifier: MIT */
/* What the numbers in a cgroup's files mean. */
#ifndef CTTRACE_MODEL_LIMIT_H
#define CTTRACE_MODEL_LIMIT_H

#include "state.h"

/* Says it for all limits of all containers: a quota needs the period written with it. */
void limit_settle(struct model *m);
/* The value that a file of the container's own cgroup had last; NULL. */
const struct ct_limit *limit_last(const struct ct_container *c, const char *file);
/* Does the value limit nothing: "max", "-1"? */
bool limit_is_none(const char *value);

#endif
