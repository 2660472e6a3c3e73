/* SPDX-License-Identifier: MIT */
/* The hash map: open addressing, never more than half full. */
#include "map.h"

#include "alloc.h"

#include <stdbool.h>
#include <stdlib.h>

struct map_slot {
	uint64_t key;
	int value;
	bool used;
};

/* The finalizer of SplitMix64: inode numbers and serials differ in their low bits only.
 */
static uint64_t mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

static struct map_slot *find(const struct map *map, uint64_t key)
{
	size_t i = mix(key) & (map->size - 1);

	while (map->slots[i].used && map->slots[i].key != key)
		i = (i + 1) & (map->size - 1);
	return &map->slots[i];
}

static void grow(struct map *map)
{
	struct map old = *map;

	map->size = old.size ? old.size * 2 : 64;
	map->slots = ct_alloc(map->size * sizeof(*map->slots));
	for (size_t i = 0; i < old.size; i++)
		if (old.slots[i].used)
			*find(map, old.slots[i].key) = old.slots[i];
	free(old.slots);
}

int map_get(const struct map *map, uint64_t key)
{
	const struct map_slot *slot;

	if (!map->size)
		return MAP_NONE;
	slot = find(map, key);
	return slot->used ? slot->value : MAP_NONE;
}

void map_put(struct map *map, uint64_t key, int value)
{
	struct map_slot *slot;

	if ((map->used + 1) * 2 > map->size)
		grow(map);
	slot = find(map, key);
	map->used += !slot->used;
	*slot = (struct map_slot){ .key = key, .value = value, .used = true };
}

void map_release(struct map *map)
{
	free(map->slots);
	*map = (struct map){ 0 };
}

/* FNV-1a */
uint64_t map_hash(const char *text)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
	return hash;
}
