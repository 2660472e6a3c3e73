/* SPDX-License-Identifier: MIT */
/* Calls as changes of mount trees, as do_mount() and its sisters in the kernel make them.
 */
#include "mount_calls.h"

#include "call.h"
#include "mount_replay.h"
#include "mount_words.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>

#define PROPAGATIONS (MS_SHARED | MS_SLAVE | MS_PRIVATE | MS_UNBINDABLE)

/* Did the call say it in these words? They may go on: "/x/". */
static bool says(const struct ct_arg *arg, const char *beginning)
{
	size_t len = strlen(beginning);

	return arg && arg->type == CT_VALUE_STR && arg->str && arg->len >= len &&
	       !memcmp(arg->str, beginning, len);
}

/*
 * Where a name leads. A name that was resolved through a descriptor or the working
 * directory is one seen from the root of the whole table, whatever chroot(2) says; and
 * "." may be what lies on top of "/" since pivot_root(".", ".").
 */
struct place mount_place_of(const struct feed *f, const char *name, const char *dir)
{
	const struct ct_arg *arg = ct_call_arg(&f->event->call, name);
	const char *path = ct_call_path(&f->event->call, name);
	struct place root = replay_root(f->m, f->task), place;

	if (!*path && dir)
		path = ct_call_path(&f->event->call, dir);
	if (*path != '/')
		return (struct place){ -1, "" };
	if (!says(arg, path))
		root = replay_space_root(f->m, f->task);
	place = mount_walk(&f->m->tree, root, path);
	if (!says(arg, "/") && !strcmp(path, "/") && mount_is_root(&f->m->tree, place)) {
		place.mnt = mount_top(&f->m->tree, place.mnt);
		place.path = f->m->tree.mounts[place.mnt].root;
	}
	return place;
}

static bool is_below(const struct mount_tree *t, int mnt, int top)
{
	while (mnt >= 0 && mnt != top)
		mnt = t->mounts[mnt].parent;
	return mnt == top;
}

/* -------- mount(2) -------- */

struct mounting {
	struct feed *f;
	struct mount_tree *t;
	uint64_t flags;
	struct place target;
};

static void remount_bind(const struct mounting *c)
{
	struct mnt *m = &c->t->mounts[c->target.mnt];

	m->flags = mount_remounted_flags(m->flags, c->flags);
}

static void remount(const struct mounting *c)
{
	struct mnt *m = &c->t->mounts[c->target.mnt];
	struct filesystem *fs = &c->t->filesystems[m->filesystem];
	const char *data = call_text(c->f->m, &c->f->event->call, "data");

	remount_bind(c);
	fs->read_only = c->flags & MS_RDONLY;
	if (*data)
		fs->options = data;
}

/* A namespace or another thing without a path is a file system of its own. */
static int bind_other(const struct mounting *c, const char *source)
{
	const struct filesystem fs = { .type = strchr(source, ':') ? "nsfs" : "",
				       .source = "",
				       .options = "" };

	return mount_new(c->t, mount_filesystem(c->t, &fs),
			 ct_arena_strdup(&c->t->arena, source), MS_RELATIME);
}

static void bind(const struct mounting *c)
{
	const char *source = ct_call_path(&c->f->event->call, "source");
	struct place what = mount_place_of(c->f, "source", NULL);
	int mnt = *source == '/'
			  ? mount_copy(c->t, what, c->flags & MS_REC, MOUNT_COPY_PEERS)
			  : bind_other(c, source);

	if (mnt >= 0)
		mount_attach(c->t, mnt, c->target);
}

static void set_propagation(const struct mounting *c)
{
	int top = c->target.mnt;

	for (int mnt = top; mnt >= 0; mnt = mount_next(c->t, mnt, top)) {
		mount_set_propagation(c->t, mnt, c->flags);
		if (!(c->flags & MS_REC))
			break;
	}
}

void mount_move_to(struct mount_tree *t, struct place from, struct place to)
{
	if (!mount_is_root(t, from) || to.mnt < 0 || is_below(t, to.mnt, from.mnt) ||
	    t->mounts[from.mnt].parent < 0)
		return;
	mount_detach(t, from.mnt);
	mount_attach(t, from.mnt, to);
}

static void move(const struct mounting *c)
{
	mount_move_to(c->t, mount_place_of(c->f, "source", NULL), c->target);
}

static void mount_fresh(const struct mounting *c)
{
	const struct ct_event_call *call = &c->f->event->call;
	const struct filesystem fs = {
		.type = call_text(c->f->m, call, "filesystemtype"),
		.source = call_text(c->f->m, call, "source"),
		.options = call_text(c->f->m, call, "data"),
		.read_only = c->flags & MS_RDONLY,
	};
	int mnt = mount_new(c->t, mount_filesystem(c->t, &fs), "/",
			    mount_kept_flags(c->flags));

	if (mnt >= 0)
		mount_attach(c->t, mnt, c->target);
}

/* In the order in which the kernel looks at the flags: path_mount(). */
static void replay_mount(struct feed *f)
{
	static const struct {
		uint64_t mask, value; /* value 0: any of the mask */
		void (*apply)(const struct mounting *c);
	} ways[] = {
		{ MS_REMOUNT | MS_BIND, MS_REMOUNT | MS_BIND, remount_bind },
		{ MS_REMOUNT, MS_REMOUNT, remount },
		{ MS_BIND, MS_BIND, bind },
		{ PROPAGATIONS, 0, set_propagation },
		{ MS_MOVE, MS_MOVE, move },
	};
	uint64_t flags = (uint32_t)ct_call_int(&f->event->call, "mountflags", 0);
	struct mounting c = { f, &f->m->tree, flags, mount_place_of(f, "target", NULL) };

	if ((flags & MS_MGC_MSK) == MS_MGC_VAL)
		c.flags &= ~(uint64_t)MS_MGC_MSK;
	if (c.target.mnt < 0)
		return;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		uint64_t set = c.flags & ways[i].mask;

		if (ways[i].value ? set == ways[i].value : set) {
			ways[i].apply(&c);
			return;
		}
	}
	mount_fresh(&c);
}

/* -------- unmounting, and other roots -------- */

static void replay_umount(struct feed *f)
{
	struct place target = mount_place_of(f, "target", NULL);

	if (mount_is_root(&f->m->tree, target))
		mount_remove(&f->m->tree, target.mnt);
}

/* Whoever had the old root as "/" has the new one: pivot_root(2). */
static void follow_root(struct model *m, int old_root, int new_root)
{
	for (size_t i = 0; i < m->pub.n_processes; i++) {
		struct process_state *p = &m->states[i];

		if (p->rooted && p->root.mnt == old_root)
			p->root =
				(struct place){ new_root, m->tree.mounts[new_root].root };
	}
}

static void replay_pivot_root(struct feed *f)
{
	struct mount_tree *t = &f->m->tree;
	struct place new_root = mount_place_of(f, "new_root", NULL);
	struct place put_old = mount_place_of(f, "put_old", NULL);
	int old_root = replay_root(f->m, f->task).mnt;

	if (old_root < 0 || put_old.mnt < 0 || !mount_is_root(t, new_root) ||
	    !is_below(t, put_old.mnt, new_root.mnt) ||
	    is_below(t, old_root, new_root.mnt))
		return;
	mount_pivot(t, old_root, new_root.mnt, put_old);
	follow_root(f->m, old_root, new_root.mnt);
}

static void replay_chroot(struct feed *f)
{
	struct process_state *p = &f->m->states[f->process];

	p->root = mount_place_of(f, "path", NULL);
	p->rooted = p->root.mnt >= 0;
}

static int compare(const void *name, const void *row)
{
	return strcmp(name, *(const char *const *)row);
}

void mount_replay_call(struct feed *f)
{
	static const struct {
		const char *call;
		void (*apply)(struct feed *f);
	} calls[] = {
		{ "chroot", replay_chroot },
		{ "fsmount", mount_replay_fsmount },
		{ "mount", replay_mount },
		{ "mount_setattr", mount_replay_mount_setattr },
		{ "move_mount", mount_replay_move_mount },
		{ "open_tree", mount_replay_open_tree },
		{ "open_tree_attr", mount_replay_open_tree },
		{ "pivot_root", replay_pivot_root },
		{ "umount2", replay_umount },
	};
	const size_t size = sizeof(calls[0]);
	const __typeof__(calls[0]) *row =
		bsearch(f->event->call.name, calls, sizeof(calls) / size, size, compare);

	if (row)
		row->apply(f);
}
