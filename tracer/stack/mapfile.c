/* SPDX-License-Identifier: MIT */
/* A path in /proc/TID/maps is relative to nobody: four ways to the file, surest first. */
#include "mapfile.h"

#include "cttrace/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

int ct_mapfile_open_path(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;

	if (fd < 0)
		return -errno;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode))
		return fd;
	close(fd);
	return -EINVAL;
}

static bool same_file(uint32_t major, uint32_t minor, uint64_t inode,
		      const struct ct_map *map)
{
	return major == map->dev_major && minor == map->dev_minor && inode == map->inode;
}

static void read_own_maps(struct ct_strbuf *text)
{
	int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	ssize_t n = 1;

	while (fd >= 0 && n > 0) {
		ct_strbuf_reserve(text, 4096);
		n = read(fd, text->data + text->len, 4096);
		text->len += n > 0 ? (size_t)n : 0;
	}
	if (fd >= 0)
		close(fd);
}

/*
 * On btrfs and overlayfs, stat(2) shows another device than maps does. So map the file
 * (without touching a byte) and see what maps says of it.
 */
static bool same_when_mapped(int fd, const struct ct_map *map)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	struct ct_arena arena = CT_ARENA_INIT;
	bool same = false;
	struct ct_span rest;
	struct ct_map own;
	void *at;

	at = mmap(NULL, 1, PROT_READ, MAP_PRIVATE, fd, 0);
	if (at == MAP_FAILED)
		return false;
	read_own_maps(&text);
	rest = ct_span_of(text.data, text.len);
	while (!same && ct_proc_maps_next(&rest, &own, &arena))
		same = own.start <= (uintptr_t)at && (uintptr_t)at < own.end &&
		       same_file(own.dev_major, own.dev_minor, own.inode, map);
	munmap(at, 1);
	ct_arena_release(&arena);
	return same;
}

static bool is_file_of(int fd, const struct ct_map *map)
{
	struct stat st;

	if (fstat(fd, &st))
		return false;
	return same_file(major(st.st_dev), minor(st.st_dev), st.st_ino, map) ||
	       same_when_mapped(fd, map);
}

/* The mapping itself; needs CAP_CHECKPOINT_RESTORE. */
static void path_of_mapping(struct ct_strbuf *path, pid_t tid, const struct ct_map *map)
{
	ct_strbuf_addf(path, "/proc/%d/map_files/%lx-%lx", (int)tid, map->start,
		       map->end);
}

static void path_of_exe(struct ct_strbuf *path, pid_t tid, const struct ct_map *map)
{
	(void)map;
	ct_strbuf_addf(path, "/proc/%d/exe", (int)tid);
}

static void path_in_root(struct ct_strbuf *path, pid_t tid, const struct ct_map *map)
{
	ct_strbuf_addf(path, "/proc/%d/root%s", (int)tid, map->path);
}

/* The task is gone, but it may have seen the same files as we do. */
static void path_here(struct ct_strbuf *path, pid_t tid, const struct ct_map *map)
{
	(void)tid;
	ct_strbuf_adds(path, map->path);
}

int ct_mapfile_open(pid_t tid, const struct ct_map *map)
{
	static void (*const ways[])(struct ct_strbuf *, pid_t, const struct ct_map *) = {
		path_of_mapping, path_of_exe, path_in_root, path_here
	};
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		int fd;

		ct_strbuf_reset(&path);
		ways[i](&path, tid, map);
		fd = ct_mapfile_open_path(path.data);
		/* the task may be gone and its id in use again: trust no way */
		if (fd >= 0 && is_file_of(fd, map))
			return fd;
		if (fd >= 0)
			close(fd);
	}
	return -ENOENT;
}

struct ct_mapfile_stamp ct_mapfile_stamp_of(const struct stat *st)
{
	return (struct ct_mapfile_stamp){
		.size = st->st_size,
		.mtime_ns = st->st_mtim.tv_sec * 1000000000L + st->st_mtim.tv_nsec,
	};
}

bool ct_mapfile_stamp(pid_t tid, const struct ct_map *map, struct ct_mapfile_stamp *stamp)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	struct stat st;

	path_of_mapping(&path, tid, map);
	if (stat(path.data, &st))
		return false;
	*stamp = ct_mapfile_stamp_of(&st);
	return true;
}
