/* SPDX-License-Identifier: MIT */
/* Peer groups: which mounts tell each other about what is mounted below them. */
#include "mount_tree.h"

#include "state.h"

#include <sys/mount.h>

int mount_group_new(struct mount_tree *t)
{
	if (!t->n_groups)
		push(t, t->groups, t->n_groups);
	push(t, t->groups, t->n_groups);
	return (int)t->n_groups - 1;
}

void mount_join(struct mount_tree *t, int mnt, int group)
{
	struct peer_group *g;

	t->mounts[mnt].group = group;
	t->mounts[mnt].nth_member = 0;
	if (!group)
		return;
	g = &t->groups[group];
	t->mounts[mnt].nth_member = g->n_members;
	*push(t, g->members, g->n_members) = mnt;
}

void mount_enslave(struct mount_tree *t, int mnt, int master)
{
	struct peer_group *g;

	t->mounts[mnt].master = master;
	t->mounts[mnt].nth_slave = 0;
	if (!master)
		return;
	g = &t->groups[master];
	t->mounts[mnt].nth_slave = g->n_slaves;
	*push(t, g->slaves, g->n_slaves) = mnt;
}

static void leave_master(struct mount_tree *t, int mnt)
{
	struct mnt *m = &t->mounts[mnt];
	struct peer_group *g;
	int last;

	if (!m->master)
		return;
	g = &t->groups[m->master];
	last = g->slaves[--g->n_slaves];
	g->slaves[m->nth_slave] = last;
	t->mounts[last].nth_slave = m->nth_slave;
	m->master = 0;
}

/* The slaves of a group that has no members any more go to its own master. */
static void hand_over(struct mount_tree *t, struct peer_group *g, int master)
{
	while (g->n_slaves) {
		int slave = g->slaves[--g->n_slaves];

		mount_enslave(t, slave, master);
	}
}

static void leave_group(struct mount_tree *t, int mnt)
{
	struct mnt *m = &t->mounts[mnt];
	struct peer_group *g;
	int last;

	if (!m->group)
		return;
	g = &t->groups[m->group];
	last = g->members[--g->n_members];
	g->members[m->nth_member] = last;
	t->mounts[last].nth_member = m->nth_member;
	if (!g->n_members && m->master != m->group)
		hand_over(t, g, m->master);
	m->group = 0;
}

void mount_leave_groups(struct mount_tree *t, int mnt)
{
	leave_group(t, mnt);
	leave_master(t, mnt);
}

static void set_shared(struct mount_tree *t, int mnt)
{
	if (!t->mounts[mnt].group)
		mount_join(t, mnt, mount_group_new(t));
}

/* One without peers has nobody to be a slave of. */
static void set_slave(struct mount_tree *t, int mnt)
{
	int group = t->mounts[mnt].group;

	if (!group)
		return;
	if (t->groups[group].n_members > 1) {
		leave_master(t, mnt);
		leave_group(t, mnt);
		mount_enslave(t, mnt, group);
	} else {
		leave_group(t, mnt);
	}
}

static void set_unbindable(struct mount_tree *t, int mnt)
{
	mount_leave_groups(t, mnt);
	t->mounts[mnt].unbindable = true;
}

void mount_set_propagation(struct mount_tree *t, int mnt, uint64_t kind)
{
	static const struct {
		uint64_t kind;
		void (*set)(struct mount_tree *t, int mnt);
	} kinds[] = {
		{ MS_SHARED, set_shared },
		{ MS_SLAVE, set_slave },
		{ MS_PRIVATE, mount_leave_groups },
		{ MS_UNBINDABLE, set_unbindable },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kind & kinds[i].kind) {
			t->mounts[mnt].unbindable = false;
			kinds[i].set(t, mnt);
			return;
		}
}

const char *mount_propagation_of(const struct mnt *mnt)
{
	if (mnt->unbindable)
		return "unbindable";
	if (mnt->master)
		return mnt->group ? "slave,shared" : "slave";
	return mnt->group ? "shared" : "private";
}
