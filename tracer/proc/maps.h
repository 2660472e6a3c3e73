/* SPDX-License-Identifier: MIT */
/* The text of /proc/PID/maps. */
#ifndef CTTRACE_PROC_MAPS_H
#define CTTRACE_PROC_MAPS_H

#include "span.h"

enum {
	CT_MAP_READ = 1 << 0,
	CT_MAP_WRITE = 1 << 1,
	CT_MAP_EXEC = 1 << 2,
	CT_MAP_SHARED = 1 << 3,
};

struct ct_map {
	uint64_t start, end; /* addresses: start ≤ a < end */
	uint64_t offset;     /* into the file */
	uint64_t inode;      /* 0: no file */
	uint32_t dev_major, dev_minor;
	unsigned int perms; /* CT_MAP_… */
	bool deleted;     /* the file has no name any more; path is without the remark */
	const char *path; /* "/usr/lib/x.so", "[stack]", "[vdso]"; "" for none */
};

/* Takes lines up to the next one that is a mapping; false at the end. */
bool ct_proc_maps_next(struct ct_span *rest, struct ct_map *map, struct ct_arena *arena);

#endif
