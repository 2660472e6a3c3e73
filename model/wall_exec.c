/* SPDX-License-Identifier: MIT */
/* Programs that run as their owner: what they gain by it, and what keeps them from it. */
#include "wall.h"

#include "mount_replay.h"

#include <sys/mount.h>
#include <sys/stat.h>

/* Who it is to run as; "" when it runs as that anyway. */
static const char *wanted(struct ct_arena *arena, const struct ct_event *event,
			  bool *gained)
{
	const struct ct_event_exec *exec = &event->exec;
	const struct ct_state *state = event->state;
	/* without the right to execute for the group, the bit means something else */
	bool group = (exec->mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP) &&
		     state->gid.real != exec->group;

	if (exec->mode & S_ISUID && state->uid.real != exec->owner) {
		*gained = state->uid.effective == exec->owner;
		return ct_arena_printf(arena, "as user %u", exec->owner);
	}
	*gained = state->gid.effective == exec->group;
	return group ? ct_arena_printf(arena, "as group %u", exec->group) : "";
}

/* In the order in which the kernel asks: bprm_fill_uid(). */
static void refused(const struct feed *f, struct ct_wall *wall)
{
	struct model *m = f->m;
	struct place root = replay_root(m, f->task);
	struct place place = mount_walk(&m->tree, root, f->event->exec.path);
	const char *target;

	wall->outcome = CT_OUTCOME_REFUSED;
	wall->layer = CT_LAYER_UNKNOWN;
	wall->reason = "it ran without a gain";
	if (place.mnt >= 0 && m->tree.mounts[place.mnt].flags & MS_NOSUID) {
		target = mount_target(&m->tree, &m->arena, root, place.mnt);
		wall->layer = CT_LAYER_MOUNT;
		wall->reason = ct_arena_printf(
			&m->arena, "it ran without a gain: the mount at %s is nosuid",
			target ? target : "?");
	} else if (f->event->state->no_new_privs == 1) {
		wall->layer = CT_LAYER_NO_NEW_PRIVS;
		wall->reason = "it ran without a gain: no_new_privs is on";
	} else if (m->pub.header && m->pub.header->uid) {
		wall->layer = CT_LAYER_TRACER;
		wall->reason = "it ran without a gain: its tracer is not root";
	}
}

void wall_exec(const struct feed *f, int site)
{
	const struct ct_event *event = f->event;
	struct ct_wall wall = { .deed = "set-id",
				.process = f->process,
				.t_ns = event->t_ns,
				.event = f->index,
				.count = 1,
				.reason = "" };
	const char *as;
	bool gained;

	if (!event->exec.mode || !event->state || !(event->state->have & CT_STATE_STATUS))
		return;
	as = wanted(&f->m->arena, event, &gained);
	if (!*as)
		return;
	wall.what = ct_arena_printf(&f->m->arena, "run %s %s", event->exec.path, as);
	if (!gained)
		refused(f, &wall);
	wall_note(f, site, &wall);
}
