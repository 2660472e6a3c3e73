/* SPDX-License-Identifier: MIT */
/* From the text of maps to a table that answers: which file is this address code of? */
#include "image.h"

#include "alloc.h"

#include <stdlib.h>

/* A task may make as many mappings as it likes (65530 by default); programs have 100. */
#define MAX_CODE 4096

static bool has_object(const struct ct_map *map)
{
	return map->inode || !strcmp(map->path, "[vdso]");
}

/*
 * A binary on a detached mount (crun's copy of itself) is called "/", which is no name;
 * the file may have been seen under a better one.
 */
static const char *code_path(struct ct_image *image, const struct ct_code *code,
			     const struct ct_map *map)
{
	const char *known;

	if (strcmp(map->path, "/") != 0)
		return map->path;
	known = code->object ? ct_object_path(code->object) : "/";
	return strcmp(known, "/") != 0 ? ct_arena_strdup(&image->arena, known) : "";
}

static void add_code(struct ct_image *image, struct ct_cache *cache, pid_t tid,
		     const struct ct_map *map)
{
	struct ct_code *code = ct_push(image->code, image->n_code, image->cap);

	code->start = map->start;
	code->end = map->end;
	code->bias = map->start - map->offset;
	if (has_object(map))
		code->object = ct_cache_get(cache, tid, map);
	if (code->object)
		code->bias = ct_object_bias(code->object, map->start, map->offset);
	code->path = code_path(image, code, map);
}

static int compare(const void *one, const void *other)
{
	const struct ct_code *a = one, *b = other;

	return (a->start > b->start) - (a->start < b->start);
}

struct ct_image *ct_image_new(struct ct_cache *cache, pid_t tid, const char *maps,
			      size_t len)
{
	struct ct_image *image = ct_alloc(sizeof(*image));
	struct ct_span rest = ct_span_of(maps, len);
	struct ct_map map;

	while (image->n_code < MAX_CODE && ct_proc_maps_next(&rest, &map, &image->arena))
		if (map.perms & CT_MAP_EXEC)
			add_code(image, cache, tid, &map);
	/* the kernel sorts them, but whoever wrote this text may not be the kernel */
	if (image->n_code)
		qsort(image->code, image->n_code, sizeof(*image->code), compare);
	return image;
}

void ct_image_free(struct ct_image *image, struct ct_cache *cache)
{
	if (!image)
		return;
	for (size_t i = 0; i < image->n_code; i++)
		ct_cache_put(cache, image->code[i].object);
	if (image->space)
		unw_destroy_addr_space(image->space);
	free(image->code);
	ct_arena_release(&image->arena);
	free(image);
}

const struct ct_code *ct_image_code(const struct ct_image *image, uint64_t addr)
{
	size_t low = 0, high = image->n_code;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (addr < image->code[mid].start)
			high = mid;
		else if (addr >= image->code[mid].end)
			low = mid + 1;
		else
			return &image->code[mid];
	}
	return NULL;
}
