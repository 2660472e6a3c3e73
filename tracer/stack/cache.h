/* SPDX-License-Identifier: MIT */
/* All objects that were ever read, so that the ten processes of a start read libc once.
 */
#ifndef CTTRACE_STACK_CACHE_H
#define CTTRACE_STACK_CACHE_H

#include "mapfile.h"
#include "object.h"

/*
 * Objects that no image holds are dropped, least recently used first, above these limits.
 * While the images in use hold more than CT_CACHE_BYTES, new files stay without symbols.
 */
#define CT_CACHE_OBJECTS 512
#define CT_CACHE_BYTES   ((size_t)512 << 20)

struct ct_cache {
	struct cached *items;
	size_t n_items, cap;
	size_t bytes;
	uint64_t clock; /* counts uses */
};

/*
 * The object behind a mapping, with one reference for the caller; NULL when no way leads
 * to its file. The name of a file that is known does not matter, nor does the task have
 * to exist any more.
 */
struct ct_object *ct_cache_get(struct ct_cache *cache, pid_t tid,
			       const struct ct_map *map);
void ct_cache_put(struct ct_cache *cache, const struct ct_object *object);
void ct_cache_release(struct ct_cache *cache);

#endif
