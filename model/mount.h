/* SPDX-License-Identifier: MIT */
/* The mounts of a container, by mount(2) and by the file-descriptor calls. */
#ifndef CTTRACE_MODEL_MOUNT_H
#define CTTRACE_MODEL_MOUNT_H

#include "state.h"

void mount_call(struct feed *f);
void mount_by_move(struct feed *f);    /* move_mount */
void mount_by_setattr(struct feed *f); /* mount_setattr */
/* What these return is a mount that no directory shows yet. */
void mount_fsopen(struct feed *f);
void mount_fsconfig(struct feed *f);
void mount_fsmount(struct feed *f);
void mount_open_tree(struct feed *f);

/* What fsopen or open_tree returned, with what was said about it since: the descriptor
 * in that argument. */
const struct detached *mount_detached(const struct feed *f, const char *name);

/*
 * What a descriptor of a mount is known by. The id of the mount where the tracer has read
 * it: it stays the same when the descriptor is passed on, to a child or over a socket. Or
 * else who has it, and its number.
 */
uint64_t mount_fd_key(const struct feed *f, const char *name, int process);
uint64_t mount_returned_key(const struct feed *f);

/* "/" became new_root: the targets so far are told as seen from there. */
void mount_new_root(struct ct_container *c, const char *new_root);

#endif
