/* SPDX-License-Identifier: MIT */
/* Mount flags as mount(8) writes them. */
#ifndef CTTRACE_MODEL_MOUNT_WORDS_H
#define CTTRACE_MODEL_MOUNT_WORDS_H

#include "cttrace/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Beside MS_…, of which the kernel looks at 32 bits: MOUNT_ATTR_IDMAP has no other flag.
 */
#define MOUNT_IDMAPPED (UINT64_C(1) << 32)

/* "nosuid,nodev,rbind"; flags are MS_…, without propagation. */
const char *mount_words(struct ct_arena *arena, uint64_t flags);
/* "rprivate", "slave", …; "" when the flags change none. */
const char *mount_propagation(uint64_t flags);
/* MOUNT_ATTR_… of fsmount and mount_setattr as MS_…. */
uint64_t mount_attributes(uint64_t attr);
/* The flags of a mount in the words of /proc/PID/mountinfo: "rw,nosuid,relatime". */
uint64_t mount_flags_of_words(const char *words);
/* Is the word among those, between commas? */
bool mount_has_word(const char *words, const char *word);
/* Flags that mount(2) was given, as they are kept: relatime is the default. */
uint64_t mount_kept_flags(uint64_t flags);
/* The same after a remount: what it does not say about access times stays as it was. */
uint64_t mount_remounted_flags(uint64_t was, uint64_t flags);

#endif
