/* SPDX-License-Identifier: MIT */
/* Opening and reading the files of a cgroup. */
#include "place.h"

#include "alloc.h"
#include "cttrace/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct ct_place *ct_place_new(const struct ct_cgroup *cgroup, struct ct_task_id task)
{
	struct ct_place *place = ct_alloc(sizeof(*place));

	place->path = ct_strdup(cgroup->path);
	place->task = task;
	memset(place->figures, 0x80, sizeof(place->figures)); /* unlike any sample */
	for (size_t i = 0; i < CT_METER_FILES_MAX; i++)
		place->fds[i] = -1;
	place->dir = -1;
	return place;
}

static void close_all(struct ct_place *place)
{
	for (size_t i = 0; i < CT_METER_FILES_MAX; i++) {
		if (place->fds[i] >= 0)
			close(place->fds[i]);
		place->fds[i] = -1;
	}
	if (place->dir >= 0)
		close(place->dir);
	place->dir = -1;
}

void ct_place_free(struct ct_place *place)
{
	if (!place)
		return;
	close_all(place);
	for (size_t i = 0; i < place->n_parts; i++)
		free(place->parts[i].path);
	free(place->parts);
	free(place->path);
	free(place);
}

bool ct_place_has(const struct ct_place *place, const struct ct_cgroup *cgroup)
{
	for (size_t i = 0; i < place->n_parts; i++)
		if (place->parts[i].hierarchy == cgroup->hierarchy)
			return !strcmp(place->parts[i].path, cgroup->path);
	return false;
}

static const char *last_name(const char *path)
{
	return strrchr(path, '/') + 1; /* paths of cgroups begin with a slash */
}

bool ct_place_could_have(const struct ct_place *place, const struct ct_cgroup *cgroup)
{
	for (size_t i = 0; i < place->n_parts; i++)
		if (place->parts[i].hierarchy == cgroup->hierarchy)
			return false;
	return !strcmp(last_name(place->path), last_name(cgroup->path));
}

static int open_above(const char *dir, int levels, const char *file)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;

	ct_strbuf_addf(&path, "%s/", dir);
	while (levels-- > 0)
		ct_strbuf_adds(&path, "../");
	ct_strbuf_adds(&path, file);
	return open(path.data, O_RDONLY | O_CLOEXEC);
}

/* How far up a controller is that has this file; -1: it is nowhere. */
static int find_level(const char *dir, int levels, const char *file)
{
	for (int level = 0; level <= levels; level++) {
		int fd = open_above(dir, level, file);

		if (fd < 0)
			continue;
		close(fd);
		return level;
	}
	return -1;
}

void ct_place_open(struct ct_place *place, const struct ct_cgroup *cgroup,
		   const char *dir, int levels)
{
	struct ct_meter_file files[CT_METER_FILES_MAX];
	struct ct_place_part *part =
		ct_push(place->parts, place->n_parts, place->cap_parts);
	int version = *cgroup->controllers ? 1 : 2;
	size_t n = ct_meter_files(files);
	const char *controller = NULL;
	int level = -1;

	part->hierarchy = cgroup->hierarchy;
	part->path = ct_strdup(cgroup->path);
	for (size_t i = 0; i < n; i++) {
		if (files[i].version != version ||
		    (version == 1 && !ct_hierarchy_has(cgroup, files[i].controller)))
			continue;
		if (!controller || strcmp(controller, files[i].controller) != 0) {
			controller = files[i].controller;
			level = find_level(dir, version == 2 && *controller ? levels : 0,
					   files[i].name);
		}
		if (level >= 0 && place->fds[i] < 0)
			place->fds[i] = open_above(dir, level, files[i].name);
		place->above[i] = version == 2 && *controller && level != 0;
	}
	if (version == 2 && place->dir < 0)
		place->dir = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/*
 * A runtime enables controllers for a cgroup after it has moved a process there: crun in
 * a scope of systemd's has to, because no process may be left in the cgroup above.
 */
static void take_own(struct ct_place *place, const struct ct_meter_file *files, size_t n)
{
	const char *controller = "";
	bool enabled = false;

	for (size_t i = 0; i < n && place->dir >= 0; i++) {
		bool first = strcmp(controller, files[i].controller) != 0;
		int fd;

		controller = files[i].controller;
		if (!place->above[i] || (!first && !enabled))
			continue;
		fd = openat(place->dir, files[i].name, O_RDONLY | O_CLOEXEC);
		if (first)
			enabled = fd >= 0;
		if (!enabled)
			continue;
		if (place->fds[i] >= 0)
			close(place->fds[i]);
		place->fds[i] = fd;
		place->above[i] = false;
	}
}

/* The whole lines of what the file says; -errno. */
static ssize_t read_text(int fd, char *buf, size_t size)
{
	ssize_t n = pread(fd, buf, size, 0);

	if (n < 0)
		return -errno;
	while ((size_t)n == size && n && buf[n - 1] != '\n')
		n--;
	return n;
}

bool ct_place_sample(struct ct_place *place)
{
	enum { TEXT_MAX = 16384 }; /* io.stat has some 100 bytes for each device */
	struct ct_meter_file files[CT_METER_FILES_MAX];
	size_t n = ct_meter_files(files);
	int64_t figures[CT_FIGURES];
	char text[TEXT_MAX];
	bool any = false;

	take_own(place, files, n);
	memset(figures, -1, sizeof(figures));
	for (size_t i = 0; i < n && !place->gone; i++) {
		ssize_t len = place->fds[i] < 0
				      ? -EBADF
				      : read_text(place->fds[i], text, sizeof(text));

		any = any || len >= 0;
		if (len >= 0)
			ct_meter_parse(figures, &files[i], ct_span_of(text, (size_t)len));
		else if (len == -ENODEV)
			place->gone = true;
	}
	if (place->gone)
		close_all(place);
	if (place->gone || !any || !memcmp(figures, place->figures, sizeof(figures)))
		return false;
	memcpy(place->figures, figures, sizeof(figures));
	return true;
}
