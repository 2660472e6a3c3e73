/* SPDX-License-Identifier: MIT */
/* Finds when each part of a container's life began and ended. */
#include "milestone.h"

#include "step.h"

static const struct span never = { -1, -1, -1 };

static int64_t min(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t max(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t began(const struct ct_process *process)
{
	return process->n_execs ? process->execs[0].t_ns : process->born_ns;
}

static int64_t ended(const struct model *m, int process)
{
	int64_t t = process >= 0 ? m->pub.processes[process].exited_ns : -1;

	return t < 0 ? m->pub.end_ns : t;
}

static struct span span(int64_t start_ns, int64_t end_ns, int process)
{
	return (struct span){ max(start_ns, 0), max(end_ns, max(start_ns, 0)), process };
}

/* The runtime's own start, when the site only shows its first namespace. */
static int64_t create_began(struct model *m, int site)
{
	const struct site *s = &m->sites[site];
	int runtime = site_container(m, site)->runtime_process;
	const struct ct_process *p = runtime >= 0 ? &m->pub.processes[runtime] : NULL;

	if (s->named || !p || m->states[runtime].site != site)
		return s->create_ns;
	for (size_t i = p->n_execs; i-- > 0;)
		if (p->execs[i].t_ns <= s->create_ns && !p->execs[i].self)
			return p->execs[i].t_ns;
	return p->born_ns;
}

static struct span monitor_span(const struct model *m, const struct ct_container *c,
				int64_t create_ns)
{
	int process = c->monitor;
	int64_t start;

	if (process < 0)
		return never;
	start = began(&m->pub.processes[process]);
	/* it has become a daemon: its exec is that of the process which forked it */
	while (m->pub.processes[process].creator >= 0 &&
	       !m->pub.processes[process].n_execs) {
		process = m->pub.processes[process].creator;
		if (m->pub.processes[process].role != CT_ROLE_MONITOR)
			break;
		start = began(&m->pub.processes[process]);
	}
	return start < create_ns ? span(start, create_ns, c->monitor) : never;
}

/* The payload runs when its exec is over; else the runtime has given up. */
static int64_t built_at(const struct model *m, const struct site *s,
			const struct ct_container *c)
{
	return c->payload >= 0 ? step_event_end(m->pub.facts[s->payload_event].event)
			       : ended(m, c->runtime_process);
}

static void of_container(struct model *m, int site, struct milestones *t)
{
	const struct site *s = &m->sites[site];
	const struct ct_container *c = site_container(m, site);
	int64_t built = built_at(m, s, c);
	int64_t create = create_began(m, site);
	int64_t start = s->starter >= 0 ? began(&m->pub.processes[s->starter]) : -1;

	*t = (struct milestones){ never, never, never, never, never, never };
	t->monitor = monitor_span(m, c, create);
	if (start < 0 || (c->payload >= 0 && start > built)) {
		t->create = span(create, built, c->runtime_process);
	} else {
		t->create = span(create, min(start, ended(m, c->runtime_process)),
				 c->runtime_process);
		t->start = span(start, c->payload >= 0 ? built : ended(m, s->starter),
				s->starter);
	}
	if (c->payload < 0)
		return;
	t->run = span(built, ended(m, c->payload), c->payload);
	if (m->pub.processes[c->payload].exited_ns >= 0)
		t->clean_up = span(t->run.end_ns, t->run.end_ns,
				   s->engine >= 0 ? s->engine : c->runtime_process);
}

/* Network programs that came and went before the runtime did; a slirp4netns stays. */
static void add_network(const struct model *m, struct milestones *t, int process)
{
	const struct ct_process *p = &m->pub.processes[process];
	int64_t start = began(p);

	if (p->exited_ns < 0 || !p->n_execs || start > t->create.start_ns ||
	    p->exited_ns > t->create.end_ns)
		return;
	if (t->network.start_ns < 0)
		t->network = span(start, p->exited_ns, process);
	t->network.start_ns = min(t->network.start_ns, max(start, 0));
	t->network.end_ns = max(t->network.end_ns, p->exited_ns);
}

struct milestones *milestone_compute(struct model *m)
{
	struct milestones *all =
		ct_arena_array(&m->results, struct milestones, m->pub.n_containers);

	for (size_t i = 0; i < m->n_sites; i++)
		if (m->sites[i].container >= 0)
			of_container(m, (int)i, &all[m->sites[i].container]);
	for (size_t i = 0; i < m->pub.n_processes; i++) {
		const struct ct_process *p = &m->pub.processes[i];
		struct milestones *t = p->container >= 0 ? &all[p->container] : NULL;

		if (!t)
			continue;
		if (p->role == CT_ROLE_NETWORK)
			add_network(m, t, (int)i);
		/* it is over when the last one that serves it has ended */
		if (t->clean_up.start_ns >= 0)
			t->clean_up.end_ns = max(t->clean_up.end_ns, p->exited_ns);
	}
	return all;
}
