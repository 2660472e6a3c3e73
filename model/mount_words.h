/* SPDX-License-Identifier: MIT */
/* Mount flags as mount(8) writes them. */
#ifndef CTTRACE_MODEL_MOUNT_WORDS_H
#define CTTRACE_MODEL_MOUNT_WORDS_H

#include "cttrace/arena.h"

#include <stdint.h>

/* "nosuid,nodev,rbind"; flags are MS_…, without propagation. */
const char *mount_words(struct ct_arena *arena, uint64_t flags);
/* "rprivate", "slave", …; "" when the flags change none. */
const char *mount_propagation(uint64_t flags);
/* MOUNT_ATTR_… of fsmount and mount_setattr as MS_…. */
uint64_t mount_attributes(uint64_t attr);

#endif
