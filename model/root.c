/* SPDX-License-Identifier: MIT */
/* pivot_root, chroot, and moving a mount over "/". */
#include "root.h"

#include "call.h"
#include "mount.h"
#include "site.h"

#include <string.h>

/* bwrap needs two; each goes through all mounts, so a container gets no more than this.
 */
#define SWITCHES_MAX 8

/* One row for each way, as the call of the event shows it. */
static const struct way {
	const char *call, *name;
	const char *new_root, *old_root; /* arguments */
} ways[] = {
	{ "pivot_root", "pivot_root", "new_root", "put_old" },
	{ "chroot", "chroot", "path", NULL },
	{ "mount", "MS_MOVE", "source", NULL },
	{ "move_mount", "MS_MOVE", "from_pathname", NULL },
};

static const struct way *find_way(const struct ct_event_call *call)
{
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (!strcmp(ways[i].call, call->name))
			return &ways[i];
	return NULL;
}

/* The path on the host: what was mounted on new_root, seen past a root that hangs below.
 */
static const char *host_path(const struct site *s, const struct ct_container *c,
			     const char *new_root)
{
	const char *path = new_root, *below;

	for (size_t i = c->n_mounts; i-- > 0;) {
		const struct ct_mount *mount = &c->mounts[i];

		if (strcmp(mount->target, new_root) != 0 || !*mount->source ||
		    !strstr(mount->flags, "bind") || strstr(mount->flags, "remount"))
			continue;
		path = mount->source;
		break;
	}
	below = s->old_root ? call_below(path, s->old_root) : NULL;
	return below && *below ? below : path;
}

static void apply(struct model *m, int site, size_t index)
{
	const struct ct_event *event = m->pub.facts[index].event;
	const struct way *way = find_way(&event->call);
	struct ct_container *c = site_container(m, site);
	struct site *s = &m->sites[site];
	const char *new_root, *old_root;

	/* chroot(".") after another way only completes it */
	if (!way || s->root_switches >= SWITCHES_MAX ||
	    (*c->pivot && strcmp(way->name, "pivot_root") != 0))
		return;
	s->root_switches++;
	new_root = ct_call_path(&event->call, way->new_root);
	c->pivot = way->name;
	c->pivot_ns = event->t_ns;
	c->rootfs = host_path(s, c, new_root);
	mount_new_root(c, new_root);
	old_root = way->old_root ? ct_call_path(&event->call, way->old_root) : "";
	old_root = call_below(old_root, new_root);
	s->old_root = old_root && *old_root ? old_root : NULL;
}

void root_switched(struct feed *f)
{
	struct model *m = f->m;
	struct task *t = &m->tasks[f->task];
	struct ct_container *c;

	if (t->site < 0 || !t->inside)
		return;
	t->root_switch = f->index + 1;
	if (!site_building(m, t->site))
		return;
	apply(m, t->site, f->index);
	c = site_container(m, t->site);
	if (c->init != f->process && c->init_nspid != 1)
		site_set_init(m, t->site, f->process);
	if (c->ns[CT_NS_PID].how != CT_NS_SHARED)
		site_promote(m, t->site);
}

void root_settle(struct model *m, int task, int site)
{
	if (m->tasks[task].root_switch)
		apply(m, site, m->tasks[task].root_switch - 1);
}
