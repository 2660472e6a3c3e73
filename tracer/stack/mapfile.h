/* SPDX-License-Identifier: MIT */
/* Opens the file behind a mapping of a task, in whatever mount namespace that lives. */
#ifndef CTTRACE_STACK_MAPFILE_H
#define CTTRACE_STACK_MAPFILE_H

#include "maps.h"

#include <sys/stat.h>
#include <sys/types.h>

/* A regular file, without ever blocking on a FIFO or device; else -errno. */
int ct_mapfile_open_path(const char *path);
/* The file of the mapping; -errno when no way to it is left. */
int ct_mapfile_open(pid_t tid, const struct ct_map *map);

/* What tells two files with the same device and inode number apart. */
struct ct_mapfile_stamp {
	int64_t size, mtime_ns;
};
struct ct_mapfile_stamp ct_mapfile_stamp_of(const struct stat *st);
/* The stamp of the mapping's file, without opening it; false when it cannot be seen. */
bool ct_mapfile_stamp(pid_t tid, const struct ct_map *map,
		      struct ct_mapfile_stamp *stamp);

#endif
