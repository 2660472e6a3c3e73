/* SPDX-License-Identifier: MIT */
/* Names of files as text, without a file system. */
#ifndef CTTRACE_PATH_H
#define CTTRACE_PATH_H

#include "cttrace/arena.h"

#include <stddef.h>

/*
 * Where an absolute path goes on whose first `end` bytes name a symbolic link, and no
 * other one before. ".." is taken off where the target begins with it; further on it is
 * left in: what comes before it there may be another link.
 */
const char *ct_path_lead(struct ct_arena *arena, const char *path, size_t end,
			 const char *target);

#endif
