/* SPDX-License-Identifier: MIT */
/* Mounts in trees: finding a path's, putting one to a place, taking it away. */
#include "mount_tree.h"

#include "call.h"
#include "cttrace/strbuf.h"
#include "state.h"

#include <string.h>

/* The kernel stops at 100,000 in one namespace (fs.mount-max). */
#define MOUNTS_MAX (1u << 17)

void mount_tree_release(struct mount_tree *t)
{
	map_release(&t->by_inode);
	ct_arena_release(&t->arena);
}

int mount_filesystem(struct mount_tree *t, const struct filesystem *what)
{
	*push(t, t->filesystems, t->n_filesystems) = *what;
	return (int)t->n_filesystems - 1;
}

int mount_new(struct mount_tree *t, int filesystem, const char *root, uint64_t flags)
{
	if (t->n_mounts >= MOUNTS_MAX) {
		t->full = true;
		return -1;
	}
	*push(t, t->mounts, t->n_mounts) = (struct mnt){
		.space = -1,
		.parent = -1,
		.at = "",
		.first_child = -1,
		.last_child = -1,
		.previous = -1,
		.next = -1,
		.filesystem = filesystem,
		.root = root,
		.flags = flags,
		.copy = -1,
		.made = t->fact,
	};
	return (int)t->n_mounts - 1;
}

int mount_space_of(struct mount_tree *t, uint64_t inode)
{
	static const struct filesystem unknown = {
		.type = "", .source = "", .options = "", .from_start = true
	};
	int space = map_get(&t->by_inode, inode), root;

	if (space >= 0)
		return space;
	root = mount_new(t, mount_filesystem(t, &unknown), "/", 0);
	if (root < 0)
		return -1;
	space = (int)t->n_spaces;
	t->mounts[root].space = space;
	t->mounts[root].made = 0;
	*push(t, t->spaces, t->n_spaces) =
		(struct mount_space){ .inode = inode, .root = root };
	map_put(&t->by_inode, inode, space);
	return space;
}

int mount_next_but_below(const struct mount_tree *t, int mnt, int top)
{
	while (mnt != top) {
		if (t->mounts[mnt].next >= 0)
			return t->mounts[mnt].next;
		mnt = t->mounts[mnt].parent;
	}
	return -1;
}

int mount_next(const struct mount_tree *t, int mnt, int top)
{
	if (t->mounts[mnt].first_child >= 0)
		return t->mounts[mnt].first_child;
	return mount_next_but_below(t, mnt, top);
}

const char *mount_below(const char *path, const char *directory)
{
	const char *below = call_below(path, directory);

	return below && !strcmp(below, "/") ? "" : below;
}

int mount_child_at(const struct mount_tree *t, int mnt, const char *at)
{
	int child = t->mounts[mnt].first_child;

	while (child >= 0 && strcmp(t->mounts[child].at, at) != 0)
		child = t->mounts[child].next;
	return child;
}

int mount_top(const struct mount_tree *t, int mnt)
{
	int over;

	while ((over = mount_child_at(t, mnt, t->mounts[mnt].root)) >= 0)
		mnt = over;
	return mnt;
}

bool mount_is_root(const struct mount_tree *t, struct place place)
{
	return place.mnt >= 0 && !strcmp(t->mounts[place.mnt].root, place.path);
}

struct place mount_walk(struct mount_tree *t, struct place root, const char *path)
{
	CT_CLEANUP_STRBUF struct ct_strbuf here = CT_STRBUF_INIT;
	int mnt = root.mnt, child;

	if (mnt < 0)
		return (struct place){ -1, "" };
	ct_strbuf_adds(&here, root.path);
	for (;;) {
		size_t len;

		path += strspn(path, "/");
		len = strcspn(path, "/");
		if (!len)
			break;
		if (here.data[here.len - 1] != '/')
			ct_strbuf_addc(&here, '/');
		ct_strbuf_add(&here, path, len);
		path += len;
		child = mount_child_at(t, mnt, here.data);
		if (child < 0)
			continue;
		mnt = mount_top(t, child);
		ct_strbuf_reset(&here);
		ct_strbuf_adds(&here, t->mounts[mnt].root);
	}
	return (struct place){ mnt, ct_arena_strndup(&t->arena, here.data, here.len) };
}

/* The parent's part of a mount's path: what its mount point adds; NULL: out of reach. */
static const char *step_up(const struct mount_tree *t, struct place root, int mnt)
{
	const struct mnt *m = &t->mounts[mnt];

	return mount_below(m->at,
			   m->parent == root.mnt ? root.path : t->mounts[m->parent].root);
}

const char *mount_target(const struct mount_tree *t, struct ct_arena *arena,
			 struct place root, int mnt)
{
	size_t len = 0;
	char *path;

	for (int i = mnt; i != root.mnt; i = t->mounts[i].parent) {
		const char *step = t->mounts[i].parent < 0 ? NULL : step_up(t, root, i);

		if (!step)
			return NULL;
		len += strlen(step);
	}
	if (!len)
		return mnt != root.mnt || mount_is_root(t, root) ? "/" : NULL;
	path = ct_arena_alloc(arena, len + 1);
	for (int i = mnt; i != root.mnt; i = t->mounts[i].parent) {
		const char *step = step_up(t, root, i);

		for (size_t n = strlen(step); n-- > 0;)
			path[--len] = step[n];
	}
	return path;
}

void mount_link(struct mount_tree *t, int mnt, int parent, const char *at)
{
	struct mnt *m = &t->mounts[mnt], *p = &t->mounts[parent];

	m->parent = parent;
	m->at = at;
	m->previous = p->last_child;
	m->next = -1;
	if (p->last_child >= 0)
		t->mounts[p->last_child].next = mnt;
	else
		p->first_child = mnt;
	p->last_child = mnt;
}

void mount_attach_alone(struct mount_tree *t, int mnt, int parent, const char *at)
{
	int space = t->mounts[parent].space;

	mount_link(t, mnt, parent, at);
	for (int below = mnt; below >= 0; below = mount_next(t, below, mnt))
		t->mounts[below].space = space;
}

void mount_unlink(struct mount_tree *t, int mnt)
{
	struct mnt *m = &t->mounts[mnt];
	struct mnt *p = m->parent >= 0 ? &t->mounts[m->parent] : NULL;

	if (p) {
		if (m->previous >= 0)
			t->mounts[m->previous].next = m->next;
		else
			p->first_child = m->next;
		if (m->next >= 0)
			t->mounts[m->next].previous = m->previous;
		else
			p->last_child = m->previous;
	}
	m->parent = m->previous = m->next = -1;
}

void mount_detach(struct mount_tree *t, int mnt)
{
	mount_unlink(t, mnt);
	for (int below = mnt; below >= 0; below = mount_next(t, below, mnt))
		t->mounts[below].space = -1;
}

void mount_pivot(struct mount_tree *t, int old_root, int new_root, struct place put_old)
{
	struct mnt *old = &t->mounts[old_root];
	int space = old->space, parent = old->parent;
	const char *at = old->at;

	if (space < 0 || old_root == new_root)
		return;
	mount_detach(t, new_root);
	mount_detach(t, old_root);
	if (parent >= 0)
		mount_attach_alone(t, new_root, parent, at);
	else
		t->spaces[space].root = new_root;
	for (int below = new_root; below >= 0; below = mount_next(t, below, new_root))
		t->mounts[below].space = space;
	mount_attach_alone(t, old_root, put_old.mnt, put_old.path);
}
