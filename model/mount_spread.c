/* SPDX-License-Identifier: MIT */
/* What is mounted below a shared mount is mounted below its peers and slaves, too. */
#include "mount_tree.h"

#include "state.h"

/* A group that hears of a change, and from which mount. */
struct hearing {
	int group;
	int but;    /* the member that knows already */
	int source; /* what it gets a copy of */
};

/* A change at a place, on its way to everybody. */
struct spread {
	struct mount_tree *t;
	const char *at;
	size_t before; /* mounts from here on were made by this change */
	/* Does it on one mount; what that one's own group gets copies of, or -1. */
	int (*change)(const struct spread *s, int mnt, int source, enum mount_copy how);
	struct ct_arena arena; /* of the queue, and of lists as they were */
	struct hearing *queue;
	size_t n_queue;
};

static bool hears(const struct spread *s, int mnt)
{
	const struct mnt *m = &s->t->mounts[mnt];

	return (size_t)mnt < s->before && m->space >= 0 && mount_below(s->at, m->root);
}

/* Each group hears once, whatever a trace says about who is whose slave. */
static void enqueue(struct spread *s, int group, int but, int source)
{
	struct mount_tree *t = s->t;

	if (source < 0 || !group || t->groups[group].round == t->round)
		return;
	t->groups[group].round = t->round;
	*push(s, s->queue, s->n_queue) = (struct hearing){ group, but, source };
}

static void tell_slave(struct spread *s, int mnt, int source)
{
	int group = s->t->mounts[mnt].group;

	if (!hears(s, mnt) || (group && s->t->groups[group].round == s->t->round))
		return;
	source = s->change(s, mnt, source, MOUNT_COPY_SLAVES);
	enqueue(s, group, mnt, source);
}

static void tell_group(struct spread *s, const struct hearing *h)
{
	struct mount_tree *t = s->t;
	const struct peer_group g = t->groups[h->group];
	/* the change itself makes members and slaves */
	int *members = ct_arena_memdup(&s->arena, g.members, g.n_members * sizeof(int));
	int *slaves = ct_arena_memdup(&s->arena, g.slaves, g.n_slaves * sizeof(int));

	for (size_t i = 0; i < g.n_members; i++)
		if (members[i] != h->but && hears(s, members[i]))
			s->change(s, members[i], h->source, MOUNT_COPY_PEERS);
	for (size_t i = 0; i < g.n_slaves; i++)
		tell_slave(s, slaves[i], h->source);
}

static void spread(struct spread *s, int mnt, int source)
{
	s->t->round++;
	enqueue(s, s->t->mounts[mnt].group, mnt, source);
	for (size_t i = 0; i < s->n_queue; i++) {
		struct hearing h = s->queue[i];

		tell_group(s, &h);
	}
	ct_arena_release(&s->arena);
}

/*
 * What was mounted there already stays on top of what others have mounted. All below that
 * stays in the table, and is not looked at: it may be much more than what comes.
 */
static void attach_below(struct mount_tree *t, int mnt, int parent, const char *at)
{
	int over = mount_child_at(t, parent, at);

	if (over >= 0)
		mount_unlink(t, over);
	mount_attach_alone(t, mnt, parent, at);
	if (over >= 0) {
		mnt = mount_top(t, mnt);
		mount_link(t, over, mnt, t->mounts[mnt].root);
	}
}

static void share_all(struct mount_tree *t, int top)
{
	for (int mnt = top; mnt >= 0; mnt = mount_next(t, mnt, top))
		if (!t->mounts[mnt].group)
			mount_join(t, mnt, mount_group_new(t));
}

static int give(const struct spread *s, int mnt, int source, enum mount_copy how)
{
	struct mount_tree *t = s->t;
	struct place whole = { source, t->mounts[source].root };
	int copy = mount_copy(t, whole, true, how);

	if (copy < 0)
		return -1;
	if (t->mounts[mnt].group)
		share_all(t, copy);
	attach_below(t, copy, mnt, s->at);
	return copy;
}

void mount_attach(struct mount_tree *t, int mnt, struct place where)
{
	struct spread s = {
		.t = t, .at = where.path, .before = t->n_mounts, .change = give
	};

	if (t->mounts[where.mnt].group)
		share_all(t, mnt);
	spread(&s, where.mnt, mnt);
	mount_attach_alone(t, mnt, where.mnt, where.path);
}

static void remove_alone(struct mount_tree *t, int top)
{
	mount_detach(t, top);
	for (int mnt = top; mnt >= 0; mnt = mount_next(t, mnt, top)) {
		t->mounts[mnt].gone = true;
		mount_leave_groups(t, mnt);
	}
}

static int take(const struct spread *s, int mnt, int source, enum mount_copy how)
{
	int child = mount_child_at(s->t, mnt, s->at);

	(void)how;
	if (child >= 0)
		remove_alone(s->t, child);
	return source;
}

void mount_remove(struct mount_tree *t, int mnt)
{
	int parent = t->mounts[mnt].parent;
	struct spread s = {
		.t = t, .at = t->mounts[mnt].at, .before = t->n_mounts, .change = take
	};

	if (parent < 0)
		return;
	remove_alone(t, mnt);
	spread(&s, parent, mnt);
}
