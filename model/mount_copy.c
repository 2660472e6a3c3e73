/* SPDX-License-Identifier: MIT */
/* Copies of mounts: bind mounts, and whole tables for new namespaces. */
#include "mount_tree.h"

#include "state.h"

#include <string.h>

static void take_groups(struct mount_tree *t, int copy, const struct mnt *old,
			enum mount_copy how)
{
	int group = old->group, master = old->master;

	if (how == MOUNT_COPY_SLAVES && group) {
		mount_enslave(t, copy, group);
		return;
	}
	if (group)
		mount_join(t, copy, group);
	if (master)
		mount_enslave(t, copy, master);
}

static int copy_one(struct mount_tree *t, int mnt, const char *root, enum mount_copy how)
{
	const struct mnt old = t->mounts[mnt];
	int copy = mount_new(t, old.filesystem, root, old.flags);

	if (copy < 0)
		return -1;
	take_groups(t, copy, &old, how);
	t->mounts[copy].unbindable = old.unbindable;
	t->mounts[mnt].copy = copy;
	return copy;
}

/* What is below `what` in the copied tree, at the same places. */
static void copy_below(struct mount_tree *t, struct place what, bool unbindable_too,
		       enum mount_copy how)
{
	int mnt = mount_next(t, what.mnt, what.mnt);

	while (mnt >= 0) {
		const struct mnt *m = &t->mounts[mnt];
		const char *at = m->at;
		int parent = m->parent;

		if ((parent == what.mnt && !mount_below(at, what.path)) ||
		    (m->unbindable && !unbindable_too)) {
			mnt = mount_next_but_below(t, mnt, what.mnt);
			continue;
		}
		if (copy_one(t, mnt, m->root, how) < 0)
			return;
		mount_link(t, t->mounts[mnt].copy, t->mounts[parent].copy, at);
		mnt = mount_next(t, mnt, what.mnt);
	}
}

int mount_copy(struct mount_tree *t, struct place what, bool recursive,
	       enum mount_copy how)
{
	int top = what.mnt < 0 ? -1 : copy_one(t, what.mnt, what.path, how);

	if (top >= 0 && recursive)
		copy_below(t, what, false, how);
	return top;
}

bool mount_space_is_live(const struct mount_tree *t, uint64_t inode)
{
	int space = map_get(&t->by_inode, inode);

	return space >= 0 && !t->spaces[space].left;
}

void mount_space_copy(struct mount_tree *t, uint64_t from, uint64_t to, uint64_t owner)
{
	int source = mount_space_of(t, from), root;
	struct mount_space space;
	enum mount_copy how;

	if (source < 0 || mount_space_is_live(t, to))
		return;
	space = t->spaces[source];
	how = owner && space.owner && owner != space.owner ? MOUNT_COPY_SLAVES
							   : MOUNT_COPY_PEERS;
	root = copy_one(t, space.root, t->mounts[space.root].root, how);
	if (root < 0)
		return;
	copy_below(t, (struct place){ space.root, t->mounts[space.root].root }, true,
		   how);
	for (int mnt = root; mnt >= 0; mnt = mount_next(t, mnt, root)) {
		t->mounts[mnt].space = (int)t->n_spaces;
		t->mounts[mnt].made = 0;
	}
	map_put(&t->by_inode, to, (int)t->n_spaces);
	*push(t, t->spaces, t->n_spaces) = (struct mount_space){
		.inode = to,
		.owner = owner,
		.root = root,
		.known = space.known,
		.copied = true,
	};
}

/* Something else than its members held it: what was done meanwhile is not known. */
void mount_space_enter(struct mount_tree *t, int space)
{
	if (space < 0)
		return;
	t->spaces[space].n_members++;
	if (t->spaces[space].left)
		t->spaces[space].known = false;
}

/*
 * The kernel takes a namespace apart when the last member is gone; here its table stays
 * to be read, but hears of no mounts any more.
 */
void mount_space_leave(struct mount_tree *t, int space)
{
	struct mount_space *s;

	if (space < 0)
		return;
	s = &t->spaces[space];
	if (--s->n_members || !s->copied || s->left)
		return;
	s->left = true;
	for (int mnt = s->root; mnt >= 0; mnt = mount_next(t, mnt, s->root))
		mount_leave_groups(t, mnt);
}
