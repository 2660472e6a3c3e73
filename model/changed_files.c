/* SPDX-License-Identifier: MIT */
/*
 * A file of an overlay that is opened for writing is copied up into the upper layer
 * first; one that is removed leaves a whiteout there. From which of the lower layers a
 * file came the tracer has looked up: the layers' contents are in no trace.
 */
#include "changed_files.h"

#include "call.h"
#include "links.h"
#include "mount_calls.h"
#include "mount_replay.h"
#include "site.h"

#include "cttrace/open_flags.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* Nobody reads more of them; a build in a container writes very many. */
#define FILES_MAX 4096

struct change {
	const struct feed *f;
	const char *name, *dir; /* arguments */
	enum ct_file_change kind;
	const struct ct_lower_layer *layer; /* NULL: not known */
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
	return ct_call_opens_to_write(call) && !(flags & CT_O_TMPFILE_ALONE);
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

/* Where the path leads: through links of the image, or of the container's own making. */
static struct place place_of(struct change *c)
{
	const struct ct_event_call *call = &c->f->event->call;
	const char *path = ct_call_path(call, c->name);
	const char *real = links_follow(c->f, path, ct_call_follows(call));
	struct model *m = c->f->m;

	c->layer = real == path ? layer_of(c) : NULL; /* it was looked up by the name */
	if (c->layer && *c->layer->path)
		real = c->layer->path;
	if (real == path)
		return mount_place_of(c->f, c->name, c->dir);
	return mount_walk(&m->tree, replay_root(m, c->f->task), real);
}

/* Its file system, if that is an overlay which was mounted while we looked; -1. */
static int overlay_of(const struct model *m, struct place place)
{
	const struct filesystem *fs;
	int index;

	if (place.mnt < 0)
		return -1;
	index = m->tree.mounts[place.mnt].filesystem;
	fs = &m->tree.filesystems[index];
	return strcmp(fs->type, "overlay") != 0 ? -1 : index;
}

/* The file as the container sees it; NULL: it is in no overlay. */
static const char *file_of(const struct change *c, struct place place)
{
	struct model *m = c->f->m;
	struct mount_tree *t = &m->tree;
	int fs = overlay_of(m, place);
	const char *target, *below;

	if (fs < 0)
		return NULL;
	/* "/" is still the host's: of its files only the new root's are meant */
	if (site_building(m, m->tasks[c->f->task].site))
		return t->filesystems[fs].from_start ? NULL : place.path;
	target = mount_target(t, &m->arena, replay_root(m, c->f->task), place.mnt);
	below = mount_below(place.path, t->mounts[place.mnt].root);
	if (!target || !below || !*below)
		return NULL;
	return ct_arena_printf(&m->arena, "%s%s%s", target[1] ? target : "",
			       *below == '/' ? "" : "/", below);
}

static struct ct_changed_file changed(const struct change *c, const char *path)
{
	const struct ct_lower_layer *layer = c->layer;
	struct ct_changed_file file = { .path = path,
					.change = c->kind,
					.event = c->f->index,
					.layer = -1,
					.directory = "" };

	if (!layer || !layer->of)
		return file;
	file.layer = layer->number;
	file.layers = layer->of;
	file.directory = layer->directory;
	if (c->kind == CT_FILE_WRITTEN && !layer->number)
		file.change = CT_FILE_CREATED;
	return file;
}

static void add(struct model *m, int site, const struct ct_changed_file *file)
{
	struct ct_container *c = site_container(m, site);
	int index = map_get(&m->sites[site].changed_files, map_hash(file->path));
	struct ct_changed_file *known;

	if (index < 0 && c->n_changed_files >= FILES_MAX)
		return;
	if (index < 0) {
		map_put(&m->sites[site].changed_files, map_hash(file->path),
			(int)c->n_changed_files);
		*push(m, c->changed_files, c->n_changed_files) = *file;
		return;
	}
	known = &c->changed_files[index];
	/* what was made here and is written to is still new */
	if (file->change != CT_FILE_WRITTEN || known->change == CT_FILE_REMOVED)
		known->change = file->change;
}

/* Somebody who is in no container changes the files of an overlay: whose root is it? */
static void note_outside(const struct change *c, struct place place)
{
	struct model *m = c->f->m;
	int fs = overlay_of(m, place);
	struct ct_changed_file file;

	if (fs < 0 || m->tree.filesystems[fs].from_start || !place.path[1])
		return;
	file = changed(c, place.path);
	file.by_runtime = true;
	for (size_t i = 0; i < m->n_sites; i++)
		if (m->sites[i].root_filesystem == fs + 1) {
			add(m, (int)i, &file);
			return;
		}
	if (m->n_outside_changes < FILES_MAX)
		*push(m, m->outside_changes, m->n_outside_changes) =
			(struct outside_change){ fs, file };
}

static void note(struct change *c)
{
	struct model *m = c->f->m;
	const struct task *task = &m->tasks[c->f->task];
	struct place place = place_of(c);
	struct ct_changed_file file;
	const char *path;

	if (task->site < 0 || !task->inside) {
		note_outside(c, place);
		return;
	}
	path = file_of(c, place);
	if (!path)
		return;
	file = changed(c, path);
	file.by_runtime = site_building(m, task->site);
	add(m, task->site, &file);
}

static int by_event(const void *a, const void *b)
{
	const struct ct_changed_file *one = a, *other = b;

	return (one->event > other->event) - (one->event < other->event);
}

static void put_in_order(struct model *m, int site)
{
	struct ct_container *c = site_container(m, site);

	if (c->n_changed_files)
		qsort(c->changed_files, c->n_changed_files, sizeof(*c->changed_files),
		      by_event);
	for (size_t i = 0; i < c->n_changed_files; i++)
		map_put(&m->sites[site].changed_files, map_hash(c->changed_files[i].path),
			(int)i);
}

void changed_files_adopt(struct model *m, int task, int site)
{
	struct place root = replay_root(m, task);
	int fs = overlay_of(m, root);

	if (fs < 0 || m->sites[site].root_filesystem == fs + 1)
		return;
	m->sites[site].root_filesystem = fs + 1;
	for (size_t i = 0; i < m->n_outside_changes; i++)
		if (m->outside_changes[i].filesystem == fs)
			add(m, site, &m->outside_changes[i].file);
	put_in_order(m, site);
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
	const char *old_name, *old_dir; /* the other path; what became of that */
	enum ct_file_change old_kind;
};

#define DOES(call, kind, name, dir)                                  \
	{                                                            \
		call, name, dir, CT_FILE_##kind, NULL, NULL, NULL, 0 \
	}
#define OPENS(call, dir)                                                       \
	{                                                                      \
		call, "pathname", dir, CT_FILE_WRITTEN, of_open, NULL, NULL, 0 \
	}
#define MOVES(call, from, to)                                                \
	{                                                                    \
		call, "newpath", to, CT_FILE_WRITTEN, NULL, "oldpath", from, \
			CT_FILE_REMOVED                                      \
	}
/* It has one name more: it is copied up for that. */
#define LINKS(call, from, to)                                                \
	{                                                                    \
		call, "newpath", to, CT_FILE_CREATED, NULL, "oldpath", from, \
			CT_FILE_WRITTEN                                      \
	}

static const struct row rows[] = {
	DOES("chmod", WRITTEN, "pathname", NULL),
	DOES("chown", WRITTEN, "pathname", NULL),
	DOES("creat", WRITTEN, "pathname", NULL),
	DOES("fchmodat", WRITTEN, "pathname", "dirfd"),
	DOES("fchmodat2", WRITTEN, "pathname", "dirfd"),
	DOES("fchownat", WRITTEN, "pathname", "dirfd"),
	DOES("futimesat", WRITTEN, "pathname", "dirfd"),
	DOES("lchown", WRITTEN, "pathname", NULL),
	LINKS("link", NULL, NULL),
	LINKS("linkat", "olddirfd", "newdirfd"),
	DOES("lremovexattr", WRITTEN, "path", NULL),
	DOES("lsetxattr", WRITTEN, "path", NULL),
	DOES("mkdir", CREATED, "pathname", NULL),
	DOES("mkdirat", CREATED, "pathname", "dirfd"),
	DOES("mknod", CREATED, "pathname", NULL),
	DOES("mknodat", CREATED, "pathname", "dirfd"),
	OPENS("open", NULL),
	OPENS("openat", "dirfd"),
	OPENS("openat2", "dirfd"),
	DOES("removexattr", WRITTEN, "path", NULL),
	DOES("removexattrat", WRITTEN, "pathname", "dirfd"),
	MOVES("rename", NULL, NULL),
	MOVES("renameat", "olddirfd", "newdirfd"),
	MOVES("renameat2", "olddirfd", "newdirfd"),
	DOES("rmdir", REMOVED, "pathname", NULL),
	DOES("setxattr", WRITTEN, "path", NULL),
	DOES("setxattrat", WRITTEN, "pathname", "dirfd"),
	DOES("symlink", CREATED, "linkpath", NULL),
	DOES("symlinkat", CREATED, "linkpath", "newdirfd"),
	DOES("truncate", WRITTEN, "path", NULL),
	DOES("unlink", REMOVED, "pathname", NULL),
	DOES("unlinkat", REMOVED, "pathname", "dirfd"),
	DOES("utime", WRITTEN, "filename", NULL),
	DOES("utimensat", WRITTEN, "pathname", "dirfd"),
	DOES("utimes", WRITTEN, "filename", NULL),
};

void changed_files_event(const struct feed *f)
{
	const struct row *row;
	struct change c = { .f = f };

	if (f->event->kind != CT_EVENT_CALL || !ct_call_ok(&f->event->call))
		return;
	row = bsearch(f->event->call.name, rows, sizeof(rows) / sizeof(rows[0]),
		      sizeof(rows[0]), compare);
	if (!row)
		return;
	c.name = row->name;
	c.dir = row->dir;
	c.kind = row->kind;
	if (!row->applies || row->applies(&c))
		note(&c);
	if (row->old_name) {
		c.name = row->old_name;
		c.dir = row->old_dir;
		c.kind = row->old_kind;
		note(&c);
	}
	links_event(f);
}
