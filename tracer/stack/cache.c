/* SPDX-License-Identifier: MIT */
/* The cache of objects, by device and inode number. */
#include "cache.h"

#include "alloc.h"
#include "cttrace/strbuf.h"

#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

struct cached {
	struct ct_object *object;
	uint32_t dev_major, dev_minor;
	uint64_t inode; /* 0: the vdso */
	struct ct_mapfile_stamp stamp;
	unsigned int refs;
	uint64_t used; /* cache->clock at the last use */
	size_t size;
};

static void drop(struct ct_cache *cache, struct cached *item)
{
	cache->bytes -= item->size;
	ct_object_free(item->object);
	*item = cache->items[--cache->n_items];
}

static struct cached *least_used(struct ct_cache *cache)
{
	struct cached *least = NULL;

	for (size_t i = 0; i < cache->n_items; i++) {
		struct cached *item = &cache->items[i];

		if (!item->refs && (!least || item->used < least->used))
			least = item;
	}
	return least;
}

static void make_room(struct ct_cache *cache)
{
	struct cached *least;

	while ((cache->n_items >= CT_CACHE_OBJECTS || cache->bytes >= CT_CACHE_BYTES) &&
	       (least = least_used(cache)))
		drop(cache, least);
}

/* Inode numbers are used again: a file that has another size or time is another file. */
static bool is_current(const struct cached *item, pid_t tid, const struct ct_map *map)
{
	struct ct_mapfile_stamp now;

	if (!ct_mapfile_stamp(tid, map, &now))
		return true;
	return now.size == item->stamp.size && now.mtime_ns == item->stamp.mtime_ns;
}

static struct cached *find(struct ct_cache *cache, pid_t tid, const struct ct_map *map)
{
	for (size_t i = 0; i < cache->n_items; i++) {
		struct cached *item = &cache->items[i];

		if (item->inode == map->inode && item->dev_major == map->dev_major &&
		    item->dev_minor == map->dev_minor &&
		    (!map->inode || is_current(item, tid, map)))
			return item;
	}
	return NULL;
}

static struct cached *add(struct ct_cache *cache, const struct ct_map *map,
			  struct ct_object *object)
{
	struct cached *item = ct_push(cache->items, cache->n_items, cache->cap);

	item->object = object;
	item->dev_major = map->dev_major;
	item->dev_minor = map->dev_minor;
	item->inode = map->inode;
	item->size = ct_object_size(object);
	cache->bytes += item->size;
	return item;
}

static struct cached *add_file(struct ct_cache *cache, pid_t tid,
			       const struct ct_map *map)
{
	CT_CLEANUP_STRBUF struct ct_strbuf root = CT_STRBUF_INIT;
	struct ct_debuginfo_place place = { .path = map->path };
	struct cached *item = NULL;
	struct stat st;
	int fd;

	if (cache->n_items >= CT_CACHE_OBJECTS || cache->bytes >= CT_CACHE_BYTES)
		return NULL;
	fd = ct_mapfile_open(tid, map);
	if (fd < 0)
		return NULL;
	ct_strbuf_addf(&root, "/proc/%d/root", (int)tid);
	place.root = root.data;
	if (!fstat(fd, &st)) {
		item = add(cache, map, ct_object_open(fd, &place));
		item->stamp = ct_mapfile_stamp_of(&st);
	}
	close(fd);
	return item;
}

/*
 * The vdso is one image for all 64-bit tasks of the kernel, ours included, and reading
 * our own needs no trust: its size is what its own headers say.
 */
static struct cached *add_vdso(struct ct_cache *cache, const struct ct_map *map)
{
	const uint8_t *image = (const uint8_t *)(uintptr_t)getauxval(AT_SYSINFO_EHDR);
	Elf64_Ehdr header;
	size_t len;

	if (!image)
		return NULL;
	memcpy(&header, image, sizeof(header));
	len = header.e_shoff + (size_t)header.e_shnum * header.e_shentsize;
	return add(cache, map, ct_object_memory(image, len));
}

struct ct_object *ct_cache_get(struct ct_cache *cache, pid_t tid,
			       const struct ct_map *map)
{
	struct cached *item = find(cache, tid, map);

	if (!item) {
		make_room(cache);
		item = map->inode ? add_file(cache, tid, map) : add_vdso(cache, map);
	}
	if (!item)
		return NULL;
	item->refs++;
	item->used = ++cache->clock;
	return item->object;
}

void ct_cache_put(struct ct_cache *cache, const struct ct_object *object)
{
	for (size_t i = 0; object && i < cache->n_items; i++)
		if (cache->items[i].object == object) {
			cache->items[i].refs--;
			return;
		}
}

void ct_cache_release(struct ct_cache *cache)
{
	while (cache->n_items)
		drop(cache, &cache->items[cache->n_items - 1]);
	free(cache->items);
	*cache = (struct ct_cache){ 0 };
}
