/* SPDX-License-Identifier: MIT */
/* The table of attempts; each is noted once, and counted. */
#include "wall.h"

#include "call.h"
#include "site.h"

#include <linux/capability.h>
#include <stdlib.h>
#include <string.h>

/* Nobody reads more of them; a program that tries the same again is counted. */
#define WALLS_MAX 512

static const struct row {
	const char *call, *deed, *verb;
	wall_fn *look;
	const char *argument;
	int capability;
	bool host;
} rows[] = {
#define WALL(call, deed, verb, look, argument, capability, host) \
	{ #call, deed, verb, wall_##look, argument, capability, host },
#include "walls.def"
#undef WALL
};

static int compare(const void *name, const void *row)
{
	return strcmp(name, ((const struct row *)row)->call);
}

int wall_site(const struct feed *f)
{
	const struct model *m = f->m;
	int site;

	if (f->task < 0 ||
	    (f->event->kind != CT_EVENT_CALL && f->event->kind != CT_EVENT_EXEC) ||
	    !m->tasks[f->task].inside || m->states[f->process].joining)
		return -1;
	site = m->tasks[f->task].site;
	/* who builds a container inside a container is the outer one's payload */
	while (site >= 0 && site_building(m, site))
		site = m->sites[site].outer;
	return site;
}

void wall_note(const struct feed *f, int site, const struct ct_wall *wall)
{
	struct model *m = f->m;
	struct site *s = &m->sites[site];
	struct ct_container *c = site_container(m, site);
	const char *key = ct_arena_printf(&m->arena, "%d %d %d %s", wall->outcome,
					  wall->error, wall->layer, wall->what);
	int known = map_get(&s->walls, map_hash(key));

	feed_fact(f)->tags |= 1u << CT_TAG_WALL;
	if (known >= 0) {
		c->walls[known].count++;
		return;
	}
	if (c->n_walls >= WALLS_MAX)
		return;
	map_put(&s->walls, map_hash(key), (int)c->n_walls);
	*push(m, c->walls, c->n_walls) = *wall;
}

void wall_event(const struct feed *f, int site)
{
	const struct ct_event_call *call = &f->event->call;
	const struct row *row;
	struct attempt a = { .f = f, .site = site, .call = call };
	struct ct_wall wall;

	if (site >= 0 && f->event->kind == CT_EVENT_EXEC) {
		wall_exec(f, site);
		return;
	}
	if (site < 0 || (call->result != CT_RESULT_ERROR && !ct_call_ok(call)))
		return;
	row = bsearch(call->name, rows, sizeof(rows) / sizeof(rows[0]), sizeof(rows[0]),
		      compare);
	if (!row)
		return;
	a.argument = row->argument;
	a.deed = row->deed;
	a.verb = row->verb;
	a.capability = row->capability;
	a.host = row->host;
	a.place.mnt = -1;
	a.object = a.path = a.remark = "";
	if (!row->look(&a))
		return;
	wall = (struct ct_wall){ .deed = a.deed,
				 .process = f->process,
				 .t_ns = f->event->t_ns,
				 .event = f->index,
				 .count = 1 };
	wall_judge(&a, &wall);
	if (a.refusals_only && wall.outcome != CT_OUTCOME_REFUSED)
		return;
	wall.what = *a.object ? ct_arena_printf(&f->m->arena, "%s %s", a.verb, a.object)
			      : a.verb;
	wall_note(f, site, &wall);
}

void wall_release(struct site *site)
{
	map_release(&site->walls);
}
