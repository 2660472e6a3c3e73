/* SPDX-License-Identifier: MIT */
/* A call that succeeded, done to the mount trees. */
#ifndef CTTRACE_MODEL_MOUNT_CALLS_H
#define CTTRACE_MODEL_MOUNT_CALLS_H

#include "state.h"

void mount_replay_call(struct feed *f);
/* Where the name in an argument leads; an empty one, where the descriptor `dir` does. */
struct place mount_place_of(const struct feed *f, const char *name, const char *dir);

#endif
