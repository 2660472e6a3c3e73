/* SPDX-License-Identifier: MIT */
/* From event to event: the table at the start, new namespaces, roots, and calls. */
#include "mount_replay.h"

#include "mount_calls.h"
#include "mount_words.h"

#include <string.h>

struct place replay_space_root(struct model *m, int task)
{
	uint64_t inode = m->tasks[task].ns[CT_NS_MNT];
	int space = inode ? mount_space_of(&m->tree, inode) : -1;
	int root = space < 0 ? -1 : m->tree.spaces[space].root;

	return (struct place){ root, root < 0 ? "" : m->tree.mounts[root].root };
}

struct place replay_root(struct model *m, int task)
{
	const struct process_state *p = &m->states[m->tasks[task].process];

	return p->rooted ? p->root : replay_space_root(m, task);
}

/* -------- the table at the start -------- */

/* Mounts and peer groups of the header, by their numbers there. */
struct start {
	struct mount_tree *t;
	struct map mounts, groups, filesystems;
};

/* Mounts on mounts on mounts: no more than a path has components. */
#define DEPTH_MAX 2048

static int group_of(struct start *s, uint64_t number)
{
	int group = number ? map_get(&s->groups, number) : 0;

	if (group >= 0)
		return group;
	group = mount_group_new(s->t);
	map_put(&s->groups, number, group);
	return group;
}

static int filesystem_of(struct start *s, const struct ct_mountinfo *info)
{
	uint64_t device = (uint64_t)info->dev_major << 32 | info->dev_minor;
	int fs = map_get(&s->filesystems, device);

	if (fs >= 0)
		return fs;
	fs = mount_filesystem(s->t,
			      &(struct filesystem){
				      .type = info->type,
				      .source = info->source,
				      .options = info->fs_options,
				      .read_only = mount_has_word(info->fs_options, "ro"),
				      .from_start = true,
			      });
	map_put(&s->filesystems, device, fs);
	return fs;
}

static void add(struct start *s, const struct ct_mountinfo *info)
{
	int mnt = mount_new(s->t, filesystem_of(s, info), info->root,
			    mount_flags_of_words(info->options));

	if (mnt < 0)
		return;
	if (info->shared)
		mount_join(s->t, mnt, group_of(s, info->shared));
	if (info->master)
		mount_enslave(s->t, mnt, group_of(s, info->master));
	s->t->mounts[mnt].unbindable = info->unbindable;
	map_put(&s->mounts, info->id, mnt);
}

/* The mount point as a path of the file system that it is in. */
static const char *place_on(struct start *s, const struct ct_mountinfo *info,
			    const struct ct_mountinfo *parent)
{
	const char *below = mount_below(info->target, parent->target);

	if (!below || !*below)
		return parent->root;
	return ct_arena_printf(&s->t->arena, "%s%s",
			       strcmp(parent->root, "/") != 0 ? parent->root : "", below);
}

/* Parents may come after their children; one that is its own is none. */
static void attach(struct start *s, const struct ct_mountinfo *infos,
		   const struct map *lines, size_t line)
{
	int mnt = map_get(&s->mounts, infos[line].id);
	int parent = map_get(&s->mounts, infos[line].parent);
	int above = parent;

	for (int i = 0; above >= 0 && above != mnt && i < DEPTH_MAX; i++)
		above = s->t->mounts[above].parent;
	if (mnt < 0 || parent < 0 || above >= 0 || s->t->mounts[mnt].parent >= 0)
		return;
	mount_link(s->t, mnt, parent,
		   place_on(s, &infos[line], &infos[map_get(lines, infos[line].parent)]));
}

static void make_space(struct start *s, const struct ct_trace_header *header)
{
	struct mount_tree *t = s->t;

	for (size_t i = 0; i < header->n_mounts; i++) {
		int root = map_get(&s->mounts, header->mounts[i].id);

		if (root < 0 || t->mounts[root].parent >= 0 ||
		    strcmp(header->mounts[i].target, "/") != 0)
			continue;
		for (int mnt = root; mnt >= 0; mnt = mount_next(t, mnt, root))
			t->mounts[mnt].space = (int)t->n_spaces;
		map_put(&t->by_inode, header->host_ns[CT_NS_MNT], (int)t->n_spaces);
		*push(t, t->spaces, t->n_spaces) = (struct mount_space){
			.inode = header->host_ns[CT_NS_MNT],
			.owner = header->host_ns[CT_NS_USER],
			.root = root,
			.known = true,
		};
		return;
	}
}

void replay_start(struct model *m)
{
	const struct ct_trace_header *header = m->pub.header;
	struct start s = { .t = &m->tree };
	struct map lines = { 0 };

	if (!header || !header->n_mounts || !header->host_ns[CT_NS_MNT])
		return;
	for (size_t i = 0; i < header->n_mounts; i++) {
		map_put(&lines, header->mounts[i].id, (int)i);
		add(&s, &header->mounts[i]);
	}
	for (size_t i = 0; i < header->n_mounts; i++)
		attach(&s, header->mounts, &lines, i);
	make_space(&s, header);
	map_release(&lines);
	map_release(&s.mounts);
	map_release(&s.groups);
	map_release(&s.filesystems);
}

/* -------- events -------- */

/* The same directory in the copy of a table. */
static void follow_copy(struct model *m, int process)
{
	struct process_state *p = &m->states[process];
	int copy = p->rooted ? m->tree.mounts[p->root.mnt].copy : -1;

	if (copy >= 0)
		p->root.mnt = copy;
	else
		p->rooted = false;
}

static void enter_namespace(const struct feed *f, const struct ct_ns_change *change)
{
	struct model *m = f->m;

	if (change->type != CT_NS_MNT || !change->to)
		return;
	if (change->how == CT_NS_SETNS || !change->from) {
		m->states[f->process].rooted = false;
		return;
	}
	if (mount_space_is_live(&m->tree, change->to))
		return;
	mount_space_copy(&m->tree, change->from, change->to,
			 m->tasks[f->task].ns[CT_NS_USER]);
	follow_copy(m, f->process);
}

static void inherit_root(const struct feed *f)
{
	struct model *m = f->m;
	int creator = m->pub.processes[f->process].creator;

	if (creator < 0 || f->event->birth.how == CT_BIRTH_THREAD)
		return;
	m->states[f->process].root = m->states[creator].root;
	m->states[f->process].rooted = m->states[creator].rooted;
}

void replay_event(struct feed *f)
{
	const struct ct_event *event = f->event;
	const struct ct_fact *fact = feed_fact(f);

	f->m->tree.fact = f->index + 1;
	if (event->kind == CT_EVENT_TASK)
		inherit_root(f);
	for (size_t i = 0; i < fact->n_ns; i++)
		enter_namespace(f, &f->m->pub.ns_changes[fact->first_ns + i]);
	if (event->kind == CT_EVENT_CALL && ct_call_ok(&event->call))
		mount_replay_call(f);
}

void replay_members(const struct feed *f)
{
	struct mount_tree *t = &f->m->tree;
	struct task *task = &f->m->tasks[f->task];
	int was = task->table - 1, now = -1;

	if (f->event->kind != CT_EVENT_EXIT)
		now = map_get(&t->by_inode, task->ns[CT_NS_MNT]);
	if (now == was)
		return;
	task->table = now + 1;
	mount_space_enter(t, now);
	mount_space_leave(t, was);
}
