/* SPDX-License-Identifier: MIT */
/*
 * glibc, sysdeps/generic/dl-cache.h: an old table may stand before the new one, whose
 * offsets of strings count from its own beginning.
 */
#include "ldcache.h"

#define OLD_MAGIC "ld.so-1.7.0"
#define NEW_MAGIC "glibc-ld.so.cache1.1"

enum {
	OLD_HEADER = 16, /* the magic, padded, and the number of entries */
	OLD_ENTRY = 12,
	NEW_HEADER = 48,
	NEW_ENTRY = 24, /* flags, name, path, OS version (4 bytes each), hwcap (8) */
	NEW_ALIGN = 8,
};

static bool begins_with(struct ct_bytes b, const char *magic)
{
	size_t len = strlen(magic);

	return ct_bytes_has(b, 0, len) && !memcmp(b.data, magic, len);
}

static struct ct_bytes new_table(struct ct_bytes cache)
{
	uint64_t n, end;

	if (!begins_with(cache, OLD_MAGIC) ||
	    !ct_bytes_uint(cache, OLD_HEADER - 4, 4, &n))
		return cache;
	end = OLD_HEADER + n * OLD_ENTRY;
	return ct_bytes_from(cache, (end + NEW_ALIGN - 1) / NEW_ALIGN * NEW_ALIGN);
}

const char *ct_ldcache_next(struct ct_bytes cache, const char *name, uint64_t *at)
{
	struct ct_bytes table = new_table(cache);
	uint64_t n, key, value;

	if (!begins_with(table, NEW_MAGIC) ||
	    !ct_bytes_uint(table, strlen(NEW_MAGIC), 4, &n))
		return NULL;
	while (*at < n) {
		uint64_t entry = NEW_HEADER + (*at)++ * NEW_ENTRY;
		const char *its_name;

		if (!ct_bytes_uint(table, entry + 4, 4, &key) ||
		    !ct_bytes_uint(table, entry + 8, 4, &value))
			return NULL;
		its_name = ct_bytes_str(table, key);
		if (its_name && !strcmp(its_name, name))
			return ct_bytes_str(table, value);
	}
	return NULL;
}
