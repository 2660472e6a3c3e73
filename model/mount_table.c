/* SPDX-License-Identifier: MIT */
/* A mount tree as lines of a table, with what they mean to a container. */
#include "mount_table.h"

#include "call.h"
#include "cttrace/overlay.h"
#include "cttrace/strbuf.h"
#include "mount_replay.h"
#include "mount_words.h"

#include <string.h>
#include <sys/mount.h>

struct listing {
	struct model *m;
	struct mount_tree *t;
	struct ct_arena *arena;
	struct place root;
	struct ct_container *c;
};

/*
 * Who wrote a trace may have chosen to mount everything onto everything: a table that no
 * kernel would have is not told in full.
 */
#define LINES_MAX (1u << 16) /* of all tables */
#define HOST_MAX  1024       /* mounts of the host that are searched for a name */

/* -------- overlay -------- */

static void find_layers(struct listing *l, struct ct_mounted *out)
{
	struct ct_overlay overlay;

	if (strcmp(out->type, "overlay") != 0)
		return;
	ct_overlay_parse(&overlay, out->options, l->arena);
	out->upper = overlay.upper;
	out->lower = overlay.lower;
	out->n_lower = overlay.n_lower;
}

/* -------- what a mount means -------- */

static bool is_kernel_file(const char *target)
{
	const char *below = call_below(target, "/proc");

	if (!below)
		below = call_below(target, "/sys");
	return below && *below && !call_below(target, "/sys/fs/cgroup");
}

/*
 * Runtimes hide files with /dev/null, and directories with an empty tmpfs; outside of
 * /proc and /sys the latter may be there for its own sake. In /dev, a null is what it is.
 */
static bool is_masked(const struct mnt *mnt, const struct ct_mounted *mounted)
{
	if (!is_kernel_file(mounted->target))
		return !strcmp(mounted->host, "/dev/null") &&
		       !call_below(mounted->target, "/dev");
	if (!strcmp(state_basename(mnt->root), "null"))
		return true;
	return !strcmp(mounted->type, "tmpfs") && mnt->flags & MS_RDONLY;
}

/* A part of a file system, bound onto itself to get flags of its own. */
static bool is_read_only_path(const struct listing *l, const struct mnt *mnt,
			      const char *target)
{
	return is_kernel_file(target) && mnt->flags & MS_RDONLY && mnt->parent >= 0 &&
	       l->t->mounts[mnt->parent].filesystem == mnt->filesystem &&
	       !strcmp(mnt->root, mnt->at);
}

/* A directory of the host that shows the same files. */
static const char *host_name(struct model *m, struct ct_arena *arena,
			     const struct mnt *mnt)
{
	struct mount_tree *t = &m->tree;
	int space = map_get(&t->by_inode, m->host_ns[CT_NS_MNT]);
	int root = space < 0 ? -1 : t->spaces[space].root;
	struct place start = { root, root < 0 ? "" : t->mounts[root].root };
	int searched = 0;

	for (int i = root; i >= 0 && searched++ < HOST_MAX; i = mount_next(t, i, root)) {
		const char *below = mount_below(mnt->root, t->mounts[i].root), *target;

		if (t->mounts[i].filesystem != mnt->filesystem || !below)
			continue;
		target = mount_target(t, arena, start, i);
		if (!target)
			continue;
		if (!*below)
			return target;
		return ct_arena_printf(arena, "%s%s", target[1] ? target : "", below);
	}
	return "";
}

const char *mount_host_name(struct model *m, int mnt)
{
	return host_name(m, &m->arena, &m->tree.mounts[mnt]);
}

static const char *flag_words(const struct listing *l, uint64_t flags)
{
	const char *words = mount_words(l->arena, flags);

	if (flags & MS_RDONLY)
		return words;
	return ct_arena_printf(l->arena, "rw%s%s", *words ? "," : "", words);
}

/* -------- the table -------- */

static void add(struct listing *l, int index, const char *target, int parent)
{
	const struct mnt *mnt = &l->t->mounts[index];
	const struct filesystem *fs = &l->t->filesystems[mnt->filesystem];
	struct ct_mounted *out = &l->c->mount_table[l->c->n_mount_table++];
	const struct place at = { mnt->parent, mnt->at };
	const struct ct_mounted *on = parent < 0 ? NULL : &l->c->mount_table[parent];

	*out = (struct ct_mounted){
		.target = target,
		.type = fs->type,
		.source = fs->source,
		.root = mnt->root,
		.host = host_name(l->m, l->arena, mnt),
		.flags = flag_words(l, mnt->flags),
		.propagation = mount_propagation_of(mnt),
		.options = fs->options,
		.upper = "",
		.parent = parent,
		.file_system_read_only = fs->read_only,
		.read_only_path = is_read_only_path(l, mnt, target),
		.covered = mount_child_at(l->t, index, mnt->root) >= 0,
		/* but for the mount that covers it */
		.hidden = on && (on->hidden || (on->covered && !mount_is_root(l->t, at))),
		.from_host = fs->from_start,
		.event = (long)mnt->made - 1,
	};
	out->masked = is_masked(mnt, out);
	find_layers(l, out);
}

static size_t count(const struct mount_tree *t, int top)
{
	size_t n = 0;

	for (int mnt = top; mnt >= 0; mnt = mount_next(t, mnt, top))
		n++;
	return n;
}

static void list(struct listing *l)
{
	size_t n = count(l->t, l->root.mnt);
	/* lines of the table, by mount */
	struct map lines = { 0 };

	l->c->mount_table = ct_arena_array(l->arena, struct ct_mounted, n);
	l->c->n_mount_table = 0;
	for (int mnt = l->root.mnt; mnt >= 0; mnt = mount_next(l->t, mnt, l->root.mnt)) {
		const char *target = mount_target(l->t, l->arena, l->root, mnt);

		if (!target)
			continue;
		map_put(&lines, (uint64_t)mnt, (int)l->c->n_mount_table);
		add(l, mnt, target,
		    mnt == l->root.mnt
			    ? -1
			    : map_get(&lines, (uint64_t)l->t->mounts[mnt].parent));
	}
	map_release(&lines);
}

/* Whose table is the container's: its payload's, or what was to become it. */
static int inhabitant(const struct ct_container *c)
{
	if (c->payload >= 0)
		return c->payload;
	return c->init;
}

static void take(struct model *m, int site, struct ct_arena *arena)
{
	struct ct_container *c = site_container(m, site);
	int process = inhabitant(c);
	struct listing l = { .m = m, .t = &m->tree, .arena = arena, .c = c };
	int space;

	if (process < 0 || c->ns[CT_NS_MNT].how == CT_NS_SHARED)
		return;
	l.root = replay_root(m, m->states[process].leader);
	space = l.root.mnt < 0 ? -1 : m->tree.mounts[l.root.mnt].space;
	if (space < 0)
		return;
	if (m->tree.listed + count(&m->tree, l.root.mnt) > LINES_MAX)
		return;
	c->mount_table_whole = m->tree.spaces[space].known && !m->tree.full;
	list(&l);
	m->tree.listed += c->n_mount_table;
}

void mount_table_event(const struct feed *f)
{
	struct model *m = f->m;
	int site = m->states[f->process].site;

	if (f->event->kind != CT_EVENT_EXIT || site < 0 ||
	    m->states[f->process].leader != f->task ||
	    inhabitant(site_container(m, site)) != f->process)
		return;
	take(m, site, &m->arena);
	m->sites[site].ended = true;
}

void mount_table_settle(struct model *m)
{
	size_t listed = m->tree.listed;

	for (size_t i = 0; i < m->n_sites; i++)
		if (m->sites[i].container >= 0 && !m->sites[i].ended)
			take(m, (int)i, &m->results);
	m->tree.listed = listed; /* these are listed anew the next time */
}
