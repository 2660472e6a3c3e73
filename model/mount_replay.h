/* SPDX-License-Identifier: MIT */
/* Replays what tasks do to mount tables, beginning with the one in the trace's header. */
#ifndef CTTRACE_MODEL_MOUNT_REPLAY_H
#define CTTRACE_MODEL_MOUNT_REPLAY_H

#include "state.h"

/* The table that everything starts from. */
void replay_start(struct model *m);
/* After the event has been understood: new namespaces, changes of the table. */
void replay_event(struct feed *f);
/* After everybody has seen the tables: one that nobody is in any more comes to rest. */
void replay_members(const struct feed *f);
/* The table that a task sees, and where its "/" is in there; mnt -1: not known. */
struct place replay_root(struct model *m, int task);
/* The root of that table, whatever chroot(2) has made of the task's "/". */
struct place replay_space_root(struct model *m, int task);

#endif
