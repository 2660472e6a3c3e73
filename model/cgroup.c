/* SPDX-License-Identifier: MIT */
/*
 * A move is what /proc/PID/cgroup shows, never the name of a file: a plain file may be
 * called cgroup.procs. One move of cgroup v1 is a write for each hierarchy.
 */
#include "cgroup.h"

#include "call.h"
#include "site.h"

#include <string.h>

/* The kernel has 14 controllers, so a host has fewer hierarchies than that, and names. */
#define HIERARCHIES 64

static const struct ct_cgroup *find(const struct ct_cgroup *cgroups, size_t n,
				    int hierarchy)
{
	for (size_t i = 0; i < n && i < HIERARCHIES; i++)
		if (cgroups[i].hierarchy == hierarchy)
			return &cgroups[i];
	return NULL;
}

/*
 * Does this write belong to the move that the last write began? In another hierarchy the
 * same cgroup may hang below another parent.
 */
static bool goes_on(const struct ct_cgroup_change *last, int writer,
		    const struct ct_cgroup *now)
{
	return last->writer == writer &&
	       !strcmp(state_basename(last->to), state_basename(now->path));
}

static void attach(const struct feed *f, int process, int change)
{
	struct model *m = f->m;
	int site = m->states[process].site;
	struct ct_container *c;

	if (site < 0 || m->pub.processes[process].role == CT_ROLE_MONITOR)
		return;
	c = site_container(m, site);
	/* runc moves its first stage; what becomes the init inherits the cgroup */
	if (!site_building(m, site) && process != c->init)
		return;
	*push(m, c->cgroup_changes, c->n_cgroup_changes) = change;
	c->cgroup = m->pub.cgroup_changes[change].to;
}

static void moved(const struct feed *f, int process, const struct ct_cgroup *from,
		  const struct ct_cgroup *to)
{
	struct model *m = f->m;
	int last = m->states[process].last_move;
	struct ct_cgroup_change *change;

	if (last >= 0 && goes_on(&m->pub.cgroup_changes[last], f->process, to)) {
		change = &m->pub.cgroup_changes[last];
		if (*to->controllers)
			change->hierarchies = ct_arena_printf(
				&m->arena, "%s%s%s", change->hierarchies,
				*change->hierarchies ? "," : "", to->controllers);
		change->n_hierarchies++;
		feed_fact(f)->cgroup = last;
		return;
	}
	last = (int)m->pub.n_cgroup_changes;
	*push(m, m->pub.cgroup_changes, m->pub.n_cgroup_changes) =
		(struct ct_cgroup_change){
			.process = process,
			.writer = f->process,
			.from = from->path,
			.to = to->path,
			.hierarchies = to->controllers,
			.n_hierarchies = 1,
			.t_ns = f->event->t_ns,
			.event = f->index,
		};
	m->states[process].last_move = last;
	feed_fact(f)->cgroup = last;
	attach(f, process, last);
}

void cgroup_snapshot(const struct feed *f, int process)
{
	const struct ct_state *state = f->event->state;
	struct process_state *p = process >= 0 ? &f->m->states[process] : NULL;
	size_t n;

	if (!p || !state || !(state->have & CT_STATE_CGROUP))
		return;
	n = state->n_cgroups < HIERARCHIES ? state->n_cgroups : HIERARCHIES;
	for (size_t i = 0; i < n; i++) {
		const struct ct_cgroup *now = &state->cgroups[i];
		const struct ct_cgroup *was =
			find(p->cgroups, p->n_cgroups, now->hierarchy);

		if (was && strcmp(was->path, now->path) != 0)
			moved(f, process, was, now);
	}
	p->cgroups = state->cgroups;
	p->n_cgroups = n;
}

void cgroup_birth(const struct feed *f)
{
	if (f->m->states[f->process].leader == f->task)
		cgroup_snapshot(f, f->process);
}

void cgroup_observe(struct feed *f)
{
	const struct ct_state *state = f->event->state;
	int task = f->task;

	if (!state || !(state->have & CT_STATE_CGROUP))
		return;
	if (state->of.serial)
		task = map_get(&f->m->by_serial, state->of.serial);
	if (task < 0)
		return;
	cgroup_snapshot(f, f->m->tasks[task].process);
	f->site = f->m->tasks[task].site;
}

void cgroup_add_limit(struct feed *f, const struct ct_limit *limit)
{
	struct model *m = f->m;
	struct process_state *p = &m->states[f->process];
	struct ct_container *c;

	if (p->site < 0) {
		*push(m, p->limits, p->n_limits) = *limit;
		return;
	}
	c = site_container(m, p->site);
	*push(m, c->limits, c->n_limits) = *limit;
}

static void note_limit(struct feed *f, const char *path)
{
	struct model *m = f->m;
	const char *file = state_basename(path);
	struct ct_limit limit = {
		.t_ns = f->event->t_ns,
		.file = file,
		.cgroup = ct_arena_strndup(&m->arena, path, (size_t)(file - path) - 1),
		.value = call_line(m, &f->event->call, "buf"),
		.meaning = "",
		.failed = !ct_call_ok(&f->event->call),
		.event = f->index,
	};

	cgroup_add_limit(f, &limit);
}

void cgroup_write(struct feed *f)
{
	/* membership, and switches that limit nothing */
	static const char *const others[] = {
		"cgroup.procs",
		"cgroup.threads",
		"tasks",
		"cgroup.freeze",
		"cgroup.kill",
		"freezer.state",
		"cgroup.event_control",
		"cgroup.subtree_control",
	};
	const char *path = ct_call_path(&f->event->call, "fd");
	const char *file = state_basename(path);

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (!strcmp(file, others[i]))
			return;
	if (file > path)
		note_limit(f, path);
}

void cgroup_settle(const struct model *m, int process, struct ct_container *c)
{
	const struct process_state *p = &m->states[process];

	if (*c->cgroup)
		return;
	for (size_t i = 0; i < p->n_cgroups && i < HIERARCHIES; i++)
		if (strcmp(p->cgroups[i].path, "/") != 0) {
			c->cgroup = p->cgroups[i].path;
			return;
		}
}
