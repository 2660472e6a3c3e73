/* SPDX-License-Identifier: MIT */
/*
 * A file of an overlay that is opened for writing is copied up into the upper layer
 * first; one that is removed leaves a whiteout there. From which of the lower layers a
 * file came the tracer has looked up: the layers' contents are in no trace.
 */
#include "changed_files.h"

#include "call.h"
#include "mount_calls.h"
#include "mount_replay.h"
#include "site.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* Nobody reads more of them; a build in a container writes very many. */
#define FILES_MAX 4096

struct change {
	const struct feed *f;
	const char *name, *dir; /* arguments */
	enum ct_file_change kind;
};

/* Opened for writing? And is it certain that it was not there before? */
static bool of_open(struct change *c)
{
	const struct ct_event_call *call = &c->f->event->call;
	const struct ct_arg *how = ct_call_arg(call, "how");
	int64_t flags = how ? call_item_int(how, "flags", 0)
			    : ct_call_int(call, "flags", O_CREAT | O_WRONLY);

	if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
		c->kind = CT_FILE_CREATED;
	return ct_call_opens_to_write(call) && (flags & O_TMPFILE) != O_TMPFILE;
}

/* The file of this path in an overlay, as the container sees it; NULL. */
static const char *file_of(const struct change *c)
{
	struct model *m = c->f->m;
	struct mount_tree *t = &m->tree;
	struct place place = mount_place_of(c->f, c->name, c->dir);
	struct place root = replay_root(m, c->f->task);
	const struct mnt *mnt;
	const struct filesystem *fs;
	const char *target, *below;

	if (place.mnt < 0)
		return NULL;
	mnt = &t->mounts[place.mnt];
	fs = &t->filesystems[mnt->filesystem];
	if (strcmp(fs->type, "overlay") != 0)
		return NULL;
	/* "/" is still the host's: of its files only the new root's are meant */
	if (site_building(m, m->tasks[c->f->task].site))
		return fs->from_start ? NULL : place.path;
	target = mount_target(t, &m->arena, root, place.mnt);
	below = mount_below(place.path, mnt->root);
	if (!target || !below || !*below)
		return NULL;
	return ct_arena_printf(&m->arena, "%s%s%s", target[1] ? target : "",
			       *below == '/' ? "" : "/", below);
}

/* What the tracer found in the layers below, if it has looked. */
static const struct ct_lower_layer *layer_of(const struct change *c)
{
	const struct ct_event *event = c->f->event;

	for (size_t i = 0; i < event->n_layers; i++)
		if (!strcmp(event->layers[i].arg, c->name))
			return &event->layers[i];
	return NULL;
}

static void add(const struct change *c, int site, const char *path)
{
	struct model *m = c->f->m;
	struct ct_container *container = site_container(m, site);
	const struct ct_lower_layer *layer = layer_of(c);
	struct ct_changed_file *file;

	map_put(&m->sites[site].changed_files, map_hash(path),
		(int)container->n_changed_files);
	file = push(m, container->changed_files, container->n_changed_files);
	*file = (struct ct_changed_file){ .path = path,
					  .change = c->kind,
					  .by_runtime = site_building(m, site),
					  .event = c->f->index,
					  .layer = -1,
					  .directory = "" };
	if (!layer)
		return;
	file->layer = layer->number;
	file->layers = layer->of;
	file->directory = layer->directory;
	if (c->kind == CT_FILE_WRITTEN && !layer->number)
		file->change = CT_FILE_CREATED;
}

static void note(const struct change *c, int site)
{
	struct model *m = c->f->m;
	struct ct_container *container = site_container(m, site);
	const char *path = container->n_changed_files < FILES_MAX ? file_of(c) : NULL;
	int index = path ? map_get(&m->sites[site].changed_files, map_hash(path)) : -1;

	if (!path)
		return;
	if (index < 0) {
		add(c, site, path);
		return;
	}
	/* what was made here and is written to is still new */
	if (c->kind != CT_FILE_WRITTEN ||
	    container->changed_files[index].change == CT_FILE_REMOVED)
		container->changed_files[index].change = c->kind;
}

static int compare(const void *name, const void *row)
{
	return strcmp(name, *(const char *const *)row);
}

/* A call and its arguments: what is at a path after it. */
struct row {
	const char *call, *name, *dir;
	enum ct_file_change kind;
	bool (*applies)(struct change *c);
	const char *old_name, *old_dir; /* what is there no more */
};

#define DOES(call, kind, name, dir)                               \
	{                                                         \
		call, name, dir, CT_FILE_##kind, NULL, NULL, NULL \
	}
#define OPENS(call, dir)                                                    \
	{                                                                   \
		call, "pathname", dir, CT_FILE_WRITTEN, of_open, NULL, NULL \
	}
#define MOVES(call, from, to)                                               \
	{                                                                   \
		call, "newpath", to, CT_FILE_WRITTEN, NULL, "oldpath", from \
	}

static const struct row rows[] = {
	DOES("chmod", WRITTEN, "pathname", NULL),
	DOES("chown", WRITTEN, "pathname", NULL),
	DOES("creat", WRITTEN, "pathname", NULL),
	DOES("fchmodat", WRITTEN, "pathname", "dirfd"),
	DOES("fchownat", WRITTEN, "pathname", "dirfd"),
	DOES("lchown", WRITTEN, "pathname", NULL),
	DOES("link", CREATED, "newpath", NULL),
	DOES("linkat", CREATED, "newpath", "newdirfd"),
	DOES("mkdir", CREATED, "pathname", NULL),
	DOES("mkdirat", CREATED, "pathname", "dirfd"),
	DOES("mknod", CREATED, "pathname", NULL),
	DOES("mknodat", CREATED, "pathname", "dirfd"),
	OPENS("open", NULL),
	OPENS("openat", "dirfd"),
	OPENS("openat2", "dirfd"),
	MOVES("rename", NULL, NULL),
	MOVES("renameat", "olddirfd", "newdirfd"),
	MOVES("renameat2", "olddirfd", "newdirfd"),
	DOES("rmdir", REMOVED, "pathname", NULL),
	DOES("symlink", CREATED, "linkpath", NULL),
	DOES("symlinkat", CREATED, "linkpath", "newdirfd"),
	DOES("truncate", WRITTEN, "path", NULL),
	DOES("unlink", REMOVED, "pathname", NULL),
	DOES("unlinkat", REMOVED, "pathname", "dirfd"),
};

void changed_files_event(const struct feed *f)
{
	const struct task *task = &f->m->tasks[f->task];
	const struct row *row;
	struct change c = { .f = f };

	if (f->event->kind != CT_EVENT_CALL || !ct_call_ok(&f->event->call) ||
	    task->site < 0 || !task->inside)
		return;
	row = bsearch(f->event->call.name, rows, sizeof(rows) / sizeof(rows[0]),
		      sizeof(rows[0]), compare);
	if (!row)
		return;
	c.name = row->name;
	c.dir = row->dir;
	c.kind = row->kind;
	if (!row->applies || row->applies(&c))
		note(&c, task->site);
	if (!row->old_name)
		return;
	c.name = row->old_name;
	c.dir = row->old_dir;
	c.kind = CT_FILE_REMOVED;
	note(&c, task->site);
}
