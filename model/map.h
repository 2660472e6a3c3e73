/* SPDX-License-Identifier: MIT */
/* A hash map from 64-bit keys (serials, pids, inode numbers, hashed names) to indexes. */
#ifndef CTTRACE_MODEL_MAP_H
#define CTTRACE_MODEL_MAP_H

#include <stddef.h>
#include <stdint.h>

struct map_slot;

/* All zero is an empty map. */
struct map {
	struct map_slot *slots;
	size_t used, size; /* size: a power of two, or 0 */
};

#define MAP_NONE (-1)

int map_get(const struct map *map, uint64_t key); /* MAP_NONE when it is not there */
void map_put(struct map *map, uint64_t key, int value);
void map_release(struct map *map);

uint64_t map_hash(const char *text); /* a key for a name; different names may share one */

#endif
