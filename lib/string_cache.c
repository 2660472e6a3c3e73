/* SPDX-License-Identifier: MIT */
/* The last string of every slot. */
#include "string_cache.h"

#include "alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS   (1u << 15)
#define LEN_MAX 255 /* what is longer hardly comes twice */

struct slot {
	const char *text; /* in the arena; NULL: none yet */
	uint32_t hash;
	uint32_t len;
};

struct ct_string_cache {
	struct ct_arena *arena;
	struct slot slots[SLOTS];
};

struct ct_string_cache *ct_string_cache_new(struct ct_arena *arena)
{
	struct ct_string_cache *cache = ct_alloc(sizeof(*cache));

	cache->arena = arena;
	return cache;
}

/* Eight bytes at a time, mixed by a multiplication. */
static uint32_t hash_of(const char *bytes, size_t len)
{
	uint64_t hash = len, word;

	for (; len >= sizeof(word); bytes += sizeof(word), len -= sizeof(word)) {
		memcpy(&word, bytes, sizeof(word));
		hash = (hash ^ word) * 0x9e3779b97f4a7c15;
		hash ^= hash >> 32;
	}
	word = 0;
	memcpy(&word, bytes, len);
	hash = (hash ^ word) * 0x9e3779b97f4a7c15;
	return (uint32_t)(hash >> 32);
}

const char *ct_string_cache_get(struct ct_string_cache *cache, const char *bytes,
				size_t len)
{
	struct slot *slot;
	uint32_t hash;

	if (len > LEN_MAX)
		return ct_arena_strndup(cache->arena, bytes, len);
	hash = hash_of(bytes, len);
	slot = &cache->slots[hash % SLOTS];
	if (slot->text && slot->hash == hash && slot->len == len &&
	    !memcmp(slot->text, bytes, len))
		return slot->text;
	slot->text = ct_arena_strndup(cache->arena, bytes, len);
	slot->hash = hash;
	slot->len = (uint32_t)len;
	return slot->text;
}

void ct_string_cache_free(struct ct_string_cache *cache)
{
	free(cache);
}
