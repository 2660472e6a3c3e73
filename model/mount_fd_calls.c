/* SPDX-License-Identifier: MIT */
/* The mount API of 2019: what descriptors stand for, until it is attached somewhere. */
#include "call.h"
#include "mount.h"
#include "mount_calls.h"
#include "mount_words.h"

#include <string.h>
#include <sys/mount.h>

#define PROPAGATIONS (MS_SHARED | MS_SLAVE | MS_PRIVATE | MS_UNBINDABLE)

/* The detached tree of a descriptor, also one that a parent process had opened; -1. */
static int tree_of(const struct feed *f, const char *name)
{
	enum { GENERATIONS = 8 };
	int process = f->process;

	for (int i = 0; i < GENERATIONS && process >= 0; i++) {
		int mnt = map_get(&f->m->mount_trees, mount_fd_key(f, name, process));

		if (mnt >= 0)
			return f->m->tree.mounts[mnt].space < 0 ? mnt : -1;
		process = f->m->pub.processes[process].creator;
	}
	return -1;
}

static void opened(struct feed *f, int mnt)
{
	if (mnt >= 0)
		map_put(&f->m->mount_trees, mount_returned_key(f), mnt);
}

void mount_replay_fsmount(struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	const struct detached *what = mount_detached(f, "fs_fd");
	uint64_t attr = (uint64_t)ct_call_int(call, "attr_flags", 0);
	const struct filesystem fs = {
		.type = what->type,
		.source = what->source,
		.options = what->data,
		.read_only = mount_has_word(what->data, "ro"),
	};

	opened(f, mount_new(&f->m->tree, mount_filesystem(&f->m->tree, &fs), "/",
			    mount_kept_flags(mount_attributes(attr))));
}

static void set_attributes(struct feed *f, int top, bool recursive)
{
	const struct ct_arg *attr = ct_call_arg(&f->event->call, "uattr");
	uint64_t clear = (uint64_t)call_item_int(attr, "attr_clr", 0);
	uint64_t set = (uint64_t)call_item_int(attr, "attr_set", 0);
	uint64_t kind = (uint64_t)call_item_int(attr, "propagation", 0) & PROPAGATIONS;
	struct mount_tree *t = &f->m->tree;

	for (int mnt = top; mnt >= 0; mnt = mount_next(t, mnt, top)) {
		struct mnt *m = &t->mounts[mnt];

		m->flags &= ~mount_attributes(clear);
		m->flags |= mount_attributes(set);
		if (clear & MOUNT_ATTR__ATIME)
			m->flags =
				mount_remounted_flags(m->flags & MOUNT_IDMAPPED,
						      m->flags & ~(uint64_t)MS_RELATIME);
		if (kind)
			mount_set_propagation(t, mnt, kind);
		if (!recursive)
			break;
	}
}

#define AT_RECURSIVE_ 0x8000 /* <linux/fcntl.h> and <fcntl.h> cannot both be included */

void mount_replay_open_tree(struct feed *f)
{
	int64_t flags = ct_call_int(&f->event->call, "flags", 0);
	int mnt;

	if (!(flags & OPEN_TREE_CLONE))
		return;
	mnt = mount_copy(&f->m->tree, mount_place_of(f, "filename", "dfd"),
			 flags & AT_RECURSIVE_, MOUNT_COPY_PEERS);
	if (mnt < 0)
		return;
	opened(f, mnt);
	if (ct_call_arg(&f->event->call, "uattr")) /* open_tree_attr */
		set_attributes(f, mnt, flags & AT_RECURSIVE_);
}

/* A mount that is nowhere is the root of its tree: all that its descriptor's name says.
 */
static bool is_detached(const struct feed *f)
{
	const struct ct_arg *from = ct_call_arg(&f->event->call, "from_dfd");

	return call_is_empty(&f->event->call, "from_pathname") && from && from->path &&
	       !strcmp(from->path, "/");
}

void mount_replay_move_mount(struct feed *f)
{
	int mnt = tree_of(f, "from_dfd");
	struct place to = mount_place_of(f, "to_pathname", "to_dfd");

	if (mnt < 0 && !is_detached(f))
		mount_move_to(&f->m->tree, mount_place_of(f, "from_pathname", "from_dfd"),
			      to);
	else if (mnt >= 0 && to.mnt >= 0)
		mount_attach(&f->m->tree, mnt, to);
}

void mount_replay_mount_setattr(struct feed *f)
{
	bool recursive = ct_call_int(&f->event->call, "flags", 0) & AT_RECURSIVE_;
	int mnt = tree_of(f, "dfd");

	if (mnt < 0 || !call_is_empty(&f->event->call, "path"))
		mnt = mount_place_of(f, "path", "dfd").mnt;
	if (mnt >= 0)
		set_attributes(f, mnt, recursive);
}
