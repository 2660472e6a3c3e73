/* SPDX-License-Identifier: MIT */
/* The code that one process image has in memory: what /proc/TID/maps said, with objects.
 */
#ifndef CTTRACE_STACK_IMAGE_H
#define CTTRACE_STACK_IMAGE_H

#include "cache.h"

#include <libunwind.h>

/* One executable mapping. */
struct ct_code {
	uint64_t start, end;
	uint64_t bias;            /* address in the task = address in the file + bias */
	struct ct_object *object; /* NULL: no file, or one that could not be read */
	const char *path;         /* "" for code without a file */
};

struct ct_image {
	uint64_t key;
	struct ct_arena arena; /* of the paths */
	struct ct_code *code;  /* sorted by address */
	size_t n_code, cap;
	unw_addr_space_t
		space;        /* libunwind's cache of unwind rules for these addresses */
	bool stale;           /* an address was met that is in no mapping */
	unsigned int renewed; /* how often its maps were replaced */
	uint64_t used;        /* when it was last asked for */
};

/* `tid`: a task that runs the image, to read its files through. */
struct ct_image *ct_image_new(struct ct_cache *cache, pid_t tid, const char *maps,
			      size_t len);
void ct_image_free(struct ct_image *image, struct ct_cache *cache);
/* The mapping that holds this address, or NULL. */
const struct ct_code *ct_image_code(const struct ct_image *image, uint64_t addr);

#endif
