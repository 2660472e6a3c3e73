/* SPDX-License-Identifier: MIT */
/* Tables of descriptors, counted by who uses them. */
#include "files.h"

#include "alloc.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <stdlib.h>
#include <string.h>

/* More than this is not remembered: the numbers are of the log's making. */
#define FD_MAX 65536

struct descriptor {
	char *path; /* NULL: not known, or closed */
	bool cloexec;
	uint32_t network;
};

struct ct_log_files {
	unsigned int users;
	struct ct_log_room *room;
	struct descriptor *fds;
	size_t n_fds;
};

struct ct_log_cwd {
	unsigned int users;
	char *path;
};

static size_t size_of(const char *path)
{
	return path ? strlen(path) + 1 : 0;
}

static bool take_room(struct ct_log_room *room, size_t bytes)
{
	if (bytes > room->left)
		return false;
	room->left -= bytes;
	return true;
}

/* What a table with these entries takes. */
static size_t size_of_table(const struct ct_log_files *files)
{
	size_t bytes = files->n_fds * sizeof(*files->fds);

	for (size_t i = 0; i < files->n_fds; i++)
		bytes += size_of(files->fds[i].path);
	return bytes;
}

struct ct_log_files *ct_log_files_new(struct ct_log_room *room)
{
	struct ct_log_files *files = ct_alloc(sizeof(*files));

	files->users = 1;
	files->room = room;
	return files;
}

struct ct_log_files *ct_log_files_share(struct ct_log_files *files)
{
	files->users++;
	return files;
}

static char *copy_of(const char *path)
{
	return path ? ct_strdup(path) : NULL;
}

struct ct_log_files *ct_log_files_copy(const struct ct_log_files *files)
{
	struct ct_log_files *copy = ct_log_files_new(files->room);

	if (!take_room(files->room, size_of_table(files)))
		return copy;
	copy->fds = ct_realloc(NULL, files->n_fds + 1, sizeof(*copy->fds));
	copy->n_fds = files->n_fds;
	for (size_t i = 0; i < files->n_fds; i++)
		copy->fds[i] = (struct descriptor){ copy_of(files->fds[i].path),
						    files->fds[i].cloexec,
						    files->fds[i].network };
	return copy;
}

void ct_log_files_drop(struct ct_log_files *files)
{
	if (!files || --files->users)
		return;
	files->room->left += size_of_table(files);
	for (size_t i = 0; i < files->n_fds; i++)
		free(files->fds[i].path);
	free(files->fds);
	free(files);
}

struct ct_log_cwd *ct_log_cwd_new(void)
{
	struct ct_log_cwd *cwd = ct_alloc(sizeof(*cwd));

	cwd->users = 1;
	return cwd;
}

struct ct_log_cwd *ct_log_cwd_share(struct ct_log_cwd *cwd)
{
	cwd->users++;
	return cwd;
}

struct ct_log_cwd *ct_log_cwd_copy(const struct ct_log_cwd *cwd)
{
	struct ct_log_cwd *copy = ct_log_cwd_new();

	copy->path = copy_of(cwd->path);
	return copy;
}

void ct_log_cwd_drop(struct ct_log_cwd *cwd)
{
	if (!cwd || --cwd->users)
		return;
	free(cwd->path);
	free(cwd);
}

const char *ct_log_files_path(const struct ct_log_files *files, int64_t fd)
{
	return fd >= 0 && (uint64_t)fd < files->n_fds ? files->fds[fd].path : NULL;
}

const char *ct_log_cwd_path(const struct ct_log_cwd *cwd)
{
	return cwd->path;
}

void ct_log_cwd_set(struct ct_log_cwd *cwd, const char *path)
{
	char *copy = copy_of(path);

	free(cwd->path);
	cwd->path = copy;
}

static bool grow(struct ct_log_files *files, size_t n)
{
	size_t was = files->n_fds;

	if (n <= was)
		return true;
	if (!take_room(files->room, (n - was) * sizeof(*files->fds)))
		return false;
	files->fds = ct_realloc(files->fds, n, sizeof(*files->fds));
	memset(files->fds + was, 0, (n - was) * sizeof(*files->fds));
	files->n_fds = n;
	return true;
}

static void set(struct ct_log_files *files, int64_t fd, const char *path, bool cloexec)
{
	struct descriptor old;

	if (fd < 0 || fd >= FD_MAX || (!path && (uint64_t)fd >= files->n_fds) ||
	    !grow(files, (size_t)fd + 1))
		return;
	old = files->fds[fd];
	if (!take_room(files->room, size_of(path)))
		path = NULL;
	files->fds[fd] = (struct descriptor){ copy_of(path), cloexec, 0 };
	files->room->left += size_of(old.path);
	free(old.path); /* only now: `path` may be this one */
}

uint32_t ct_log_files_network(const struct ct_log_files *files, int64_t fd)
{
	return fd >= 0 && (uint64_t)fd < files->n_fds ? files->fds[fd].network : 0;
}

void ct_log_files_set_network(struct ct_log_files *files, int64_t fd, uint32_t network)
{
	if (fd < 0 || fd >= FD_MAX || (!network && (uint64_t)fd >= files->n_fds) ||
	    !grow(files, (size_t)fd + 1))
		return;
	files->fds[fd].network = network;
}

void ct_log_files_exec(struct ct_log_files *files)
{
	for (size_t i = 0; i < files->n_fds; i++)
		if (files->fds[i].cloexec)
			set(files, (int64_t)i, NULL, false);
}

/* -------- what calls do -------- */

struct effect {
	struct ct_log_files *files;
	struct ct_log_cwd *cwd;
	const struct ct_event_call *call;
	const char *path;
};

static int64_t flags_of(const struct ct_event_call *call)
{
	const struct ct_arg *how = ct_call_arg(call, "how");

	for (size_t i = 0; how && i < how->n_items; i++)
		if (how->items[i].name && !strcmp(how->items[i].name, "flags"))
			return how->items[i].i;
	return ct_call_int(call, "flags", 0);
}

static void opened(const struct effect *e)
{
	const struct ct_arg *name = ct_call_arg(e->call, "pathname");
	const char *path = e->path ? e->path : name ? name->path : NULL;

	set(e->files, e->call->ret, path, flags_of(e->call) & O_CLOEXEC);
}

/* A descriptor of something without a name in the file system. */
static void made(const struct effect *e)
{
	set(e->files, e->call->ret, e->path, flags_of(e->call) & O_CLOEXEC);
}

static void copy(const struct effect *e, int64_t from, bool cloexec)
{
	const char *path = e->path ? e->path : ct_log_files_path(e->files, from);
	uint32_t network = ct_log_files_network(e->files, from);

	set(e->files, e->call->ret, path, cloexec);
	ct_log_files_set_network(e->files, e->call->ret, network);
}

static void duplicated(const struct effect *e)
{
	copy(e, ct_call_int(e->call, "oldfd", -1), flags_of(e->call) & O_CLOEXEC);
}

static void controlled(const struct effect *e)
{
	int64_t fd = ct_call_int(e->call, "fd", -1),
		cmd = ct_call_int(e->call, "cmd", -1);
	const char *path = ct_log_files_path(e->files, fd);

	if (cmd == F_DUPFD || cmd == F_DUPFD_CLOEXEC)
		copy(e, fd, cmd == F_DUPFD_CLOEXEC);
	else if (cmd == F_SETFD && path)
		e->files->fds[fd].cloexec = ct_call_int(e->call, "arg", 0) & FD_CLOEXEC;
}

static void closed(const struct effect *e)
{
	set(e->files, ct_call_int(e->call, "fd", -1), NULL, false);
}

static void closed_range(const struct effect *e)
{
	int64_t first = ct_call_int(e->call, "first", -1);
	uint64_t last = (uint64_t)ct_call_int(e->call, "last", -1);

	for (int64_t fd = first;
	     fd >= 0 && (uint64_t)fd < e->files->n_fds && (uint64_t)fd <= last; fd++) {
		if (flags_of(e->call) & CLOSE_RANGE_CLOEXEC)
			e->files->fds[fd].cloexec = true;
		else
			set(e->files, fd, NULL, false);
	}
}

static void changed_directory(const struct effect *e)
{
	const struct ct_arg *path = ct_call_arg(e->call, "path");

	ct_log_cwd_set(e->cwd, path ? path->path : NULL);
}

static void changed_to_descriptor(const struct effect *e)
{
	const struct ct_arg *fd = ct_call_arg(e->call, "fd");

	ct_log_cwd_set(e->cwd, fd ? fd->path : NULL);
}

/* The directory may have another name, or none, below the new root. */
static void changed_root(const struct effect *e)
{
	ct_log_cwd_set(e->cwd, NULL);
}

static const struct {
	const char *name;
	void (*apply)(const struct effect *e);
} effects[] = {
	{ "open", opened },
	{ "openat", opened },
	{ "openat2", opened },
	{ "creat", opened },
	{ "dup", duplicated },
	{ "dup2", duplicated },
	{ "dup3", duplicated },
	{ "fcntl", controlled },
	{ "close", closed },
	{ "close_range", closed_range },
	{ "chdir", changed_directory },
	{ "fchdir", changed_to_descriptor },
	{ "pivot_root", changed_root },
	{ "socket", made },
	{ "accept4", made },
	{ "memfd_create", made },
	{ "eventfd2", made },
	{ "epoll_create1", made },
	{ "pidfd_open", made },
	{ "open_tree", made },
	{ "fsopen", made },
	{ "fsmount", made },
};

void ct_log_files_call(struct ct_log_files *files, struct ct_log_cwd *cwd,
		       const struct ct_event_call *call, const char *path)
{
	struct effect e = { files, cwd, call, path };

	for (size_t i = 0; i < sizeof(effects) / sizeof(*effects); i++)
		if (!strcmp(effects[i].name, call->name)) {
			effects[i].apply(&e);
			return;
		}
}
