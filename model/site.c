/* SPDX-License-Identifier: MIT */
/* Who makes or joins namespaces, and for whom. */
#include "site.h"

#include "ledger.h"
#include "process.h"
#include "role.h"

#include <string.h>

struct ct_container *site_container(struct model *m, int site)
{
	struct site *s = &m->sites[site];

	return s->container >= 0 ? &m->pub.containers[s->container] : &s->draft;
}

void site_visit(const struct feed *f)
{
	struct model *m = f->m;
	int site = m->tasks[f->task].site;
	struct ct_container *c;

	if (!m->tasks[f->task].inside || site_building(m, site))
		return;
	c = site_container(m, site);
	if (c->payload == f->process)
		return; /* of a container that is older than the trace */
	*push(m, c->joiners, c->n_joiners) = (struct ct_joiner){
		.process = f->process,
		.exec = (int)m->pub.processes[f->process].n_execs - 1,
		.t_ns = f->event->t_ns,
	};
}

bool site_building(const struct model *m, int site)
{
	return site >= 0 && m->sites[site].rank < RANK_INIT && !m->sites[site].dissolved;
}

int site_new(struct model *m, int process, int task, int64_t t_ns)
{
	const struct process_state *state = &m->states[process];
	const char *path = state->path;
	struct site *s = push(m, m->sites, m->n_sites);

	*s = (struct site){
		.container = -1, .starter = -1, .engine = -1, .create_ns = t_ns
	};
	s->outer = m->tasks[task].inside ? m->tasks[task].site : -1;
	s->draft = (struct ct_container){
		.engine = "",
		.runtime = state_basename(path),
		.runtime_path = path,
		.bundle = "",
		.rootfs = "",
		.monitor = -1,
		.runtime_process = process,
		.init = -1,
		.payload = -1,
		.payload_exec = -1,
		.payload_ns = -1,
		.pivot_ns = -1,
		.pivot = "",
		.exit = { .status = -1 },
		.cgroup = "",
		.setgroups = "",
		.oom_score_adj = "",
		.seccomp_instructions = -1,
		.meter = -1,
		.no_new_privs = -1,
		.hostname = "",
		.lsm = "",
		.outer = -1,
		.config_event = -1,
		.config_problem = "",
	};
	for (int step = 0; step < CT_STEPS; step++)
		s->steps[step].start_ns = -1;
	if (state->started)
		s->draft.caps_before = *state->started;
	s->draft.limits = state->limits;
	s->draft.n_limits = state->n_limits;
	m->states[process].limits = NULL;
	m->states[process].n_limits = 0;
	ledger_base(m, s, task);
	return (int)m->n_sites - 1;
}

int site_by_id(struct model *m, const char *id, const struct feed *f)
{
	int site = map_get(&m->by_id, map_hash(id));

	if (site >= 0 && !strcmp(m->sites[site].draft.id, id))
		return site;
	site = site_new(m, f->process, f->task, f->event->t_ns);
	m->sites[site].draft.id = id;
	m->sites[site].draft.runtime_process = -1;
	m->sites[site].named = true;
	map_put(&m->by_id, map_hash(id), site);
	return site;
}

static void take_roles(struct model *m, const struct ct_container *c)
{
	if (c->runtime_process >= 0 && c->runtime_process != c->payload)
		m->pub.processes[c->runtime_process].role = CT_ROLE_RUNTIME;
	if (c->init >= 0 && c->init != c->payload && c->init != c->runtime_process)
		m->pub.processes[c->init].role = CT_ROLE_INIT;
}

static const char *made_up_id(struct model *m, const struct ct_container *c)
{
	int process = c->init >= 0 ? c->init : c->runtime_process;

	return ct_arena_printf(&m->arena, "pid-%d",
			       process >= 0 ? m->pub.processes[process].pid : 0);
}

void site_promote(struct model *m, int site)
{
	struct site *s = &m->sites[site];
	struct ct_container *c;

	if (s->container >= 0 || s->dissolved)
		return;
	if (!s->draft.id)
		s->draft.id = made_up_id(m, &s->draft);
	c = push(m, m->pub.containers, m->pub.n_containers);
	*c = s->draft;
	s->container = (int)m->pub.n_containers - 1;
	take_roles(m, c);
}

void site_set_init(struct model *m, int site, int process)
{
	struct ct_container *c = site_container(m, site);
	struct ct_process *p = &m->pub.processes[process];

	c->init = process;
	c->init_pid = p->pid;
	c->init_nspid = p->nspid;
	if (m->sites[site].container >= 0)
		take_roles(m, c);
}

static void enter(struct model *m, int task, int site, bool inside)
{
	struct task *t = &m->tasks[task];

	if (t->site != site)
		t->root_switch = 0;
	t->site = site;
	t->inside = inside;
	if (m->states[t->process].leader == task)
		m->states[t->process].site = site;
}

/* The site for which `task` makes namespaces; -1: they are its own business. */
static int builder_site(const struct feed *f, int task, bool for_child)
{
	struct model *m = f->m;
	const struct task *t = &m->tasks[task];

	/* a program may build several containers, one after the other */
	if (site_building(m, t->site) &&
	    (!for_child || t->inside || site_container(m, t->site)->init < 0))
		return t->site;
	if (role_keeps_to_itself(m->states[t->process].hint))
		return -1;
	return site_new(m, t->process, task, f->event->t_ns);
}

static bool made_by_clone(const struct feed *f)
{
	const struct ct_fact *fact = feed_fact(f);

	for (size_t i = 0; i < fact->n_ns; i++)
		if (f->m->pub.ns_changes[fact->first_ns + i].how == CT_NS_CLONE)
			return true;
	return false;
}

static bool changed(const struct feed *f, enum ct_ns type, bool for_children)
{
	const struct ct_fact *fact = feed_fact(f);

	for (size_t i = 0; i < fact->n_ns; i++) {
		const struct ct_ns_change *c = &f->m->pub.ns_changes[fact->first_ns + i];

		if (c->type == type && c->for_children == for_children)
			return true;
	}
	return false;
}

void site_birth(const struct feed *f, int creator)
{
	struct model *m = f->m;
	struct task *t = &m->tasks[f->task];
	int maker = creator >= 0 ? m->tasks[creator].process : -1;
	int site = t->site;

	if (m->states[f->process].leader == f->task)
		m->states[f->process].site = site;
	if (creator < 0 || f->event->birth.how == CT_BIRTH_THREAD)
		return;
	if (made_by_clone(f))
		site = builder_site(f, creator, true);
	if (site < 0)
		return;
	if (feed_fact(f)->n_ns) {
		enter(m, f->task, site, true);
		ledger_note(f, site, maker);
		/* the builder serves what it builds, unless it serves another one already
		 */
		if (m->states[maker].site < 0)
			m->states[maker].site = site;
	}
	if (!site_building(m, site) || !m->tasks[f->task].inside)
		return;
	if (site_container(m, site)->init < 0 || changed(f, CT_NS_PID, false))
		site_set_init(m, site, f->process);
}

void site_unshared(const struct feed *f)
{
	struct model *m = f->m;
	const struct ct_fact *fact = feed_fact(f);
	bool inside = m->tasks[f->task].inside;
	int site;

	if (!fact->n_ns)
		return;
	site = builder_site(f, f->task, false);
	if (site < 0)
		return;
	if (site != m->tasks[f->task].site)
		inside = false;
	for (size_t i = 0; i < fact->n_ns; i++)
		inside |= !m->pub.ns_changes[fact->first_ns + i].for_children;
	enter(m, f->task, site, inside);
	ledger_note(f, site, f->process);
}

/* Back in the namespaces that everybody else is in: it was only a visit. */
static bool is_home(const struct model *m, int task)
{
	const struct task *t = &m->tasks[task];
	bool known = false;

	for (int type = 0; type < CT_NS_TYPES; type++) {
		if (t->ns[type] && m->host_ns[type] && t->ns[type] != m->host_ns[type])
			return false;
		known |= t->ns[type] != 0;
	}
	return known && t->ns[CT_NS_PID_FOR_CHILDREN] == t->ns[CT_NS_PID];
}

/* Without inode numbers: whose link it was, /proc/PID/ns/mnt. */
static int named_site(const struct feed *f)
{
	int process = process_by_path(f, ct_call_path(&f->event->call, "fd"));

	return process >= 0 && process != f->process ? f->m->states[process].site : -1;
}

static int known_site(const struct feed *f)
{
	const struct ct_fact *fact = feed_fact(f);

	for (size_t i = 0; i < fact->n_ns; i++) {
		const struct ct_ns_change *c = &f->m->pub.ns_changes[fact->first_ns + i];
		int site = map_get(&f->m->by_ns, c->to);

		if (site >= 0 && (c->type == CT_NS_MNT || c->type == CT_NS_PID))
			return site;
	}
	return named_site(f);
}

void site_joined(const struct feed *f)
{
	struct model *m = f->m;
	struct task *t = &m->tasks[f->task];
	bool mnt = changed(f, CT_NS_MNT, false), pid = changed(f, CT_NS_PID, true);
	int site = t->site;

	if (!feed_fact(f)->n_ns)
		return;
	if (is_home(m, f->task)) {
		if (t->inside)
			enter(m, f->task, -1, false);
		return;
	}
	if (site_building(m, site)) {
		ledger_note(f, site, f->process);
		return;
	}
	if (!mnt && !pid)
		return;
	site = known_site(f);
	if (site < 0 && !role_keeps_to_itself(m->states[f->process].hint))
		site = site_new(m, f->process, f->task, f->event->t_ns);
	if (site < 0)
		return;
	m->states[f->process].joining = true;
	enter(m, f->task, site, mnt || (t->inside && t->site == site));
	ledger_note(f, site, f->process);
}

void site_failed(const struct feed *f)
{
	int site = f->task >= 0 ? f->m->tasks[f->task].site : -1, runtime;

	if (!site_building(f->m, site))
		return;
	/* what fails in the clean-up after a start that failed is not why it did */
	runtime = site_container(f->m, site)->runtime_process;
	if (runtime >= 0 && f->m->pub.processes[runtime].exited_ns >= 0)
		return;
	f->m->sites[site].last_failure = f->index + 1;
}

void site_exit(const struct feed *f)
{
	int site = f->m->states[f->process].site;

	/* a payload that built a container itself is of that one's site by now */
	for (; site >= 0; site = f->m->sites[site].outer)
		if (site_container(f->m, site)->payload == f->process)
			site_container(f->m, site)->exit = f->event->exit;
}
