/* SPDX-License-Identifier: MIT */
/*
 * Strings that come again and again are kept once: names, flags, paths. It remembers only
 * the last string of each slot, so whoever makes strings collide gets no reuse, and
 * nothing worse.
 */
#ifndef CTTRACE_LIB_STRING_CACHE_H
#define CTTRACE_LIB_STRING_CACHE_H

#include "cttrace/arena.h"

#include <stddef.h>

struct ct_string_cache;

/* The strings live in the arena. */
struct ct_string_cache *ct_string_cache_new(struct ct_arena *arena);
/* The bytes, with a NUL after them, in memory that others may share. */
const char *ct_string_cache_get(struct ct_string_cache *cache, const char *bytes,
				size_t len);
void ct_string_cache_free(struct ct_string_cache *cache); /* the strings stay */

#endif
