/* SPDX-License-Identifier: MIT */
/* A call that succeeded, done to the mount trees. */
#ifndef CTTRACE_MODEL_MOUNT_CALLS_H
#define CTTRACE_MODEL_MOUNT_CALLS_H

#include "state.h"

void mount_replay_call(struct feed *f);
/* Where the name in an argument leads; an empty one, where the descriptor `dir` does. */
struct place mount_place_of(const struct feed *f, const char *name, const char *dir);
/* Moves a mount, if it is one that can be moved. */
void mount_move_to(struct mount_tree *t, struct place from, struct place to);

/* In mount_fd_calls.c: */
void mount_replay_fsmount(struct feed *f);
void mount_replay_open_tree(struct feed *f);
void mount_replay_move_mount(struct feed *f);
void mount_replay_mount_setattr(struct feed *f);

#endif
