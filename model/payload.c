/* SPDX-License-Identifier: MIT */
/* From runtime to payload: the exec that ends the building of a container. */
#include "payload.h"

#include "cgroup.h"
#include "changed_files.h"
#include "filter.h"
#include "identity.h"
#include "process.h"
#include "root.h"
#include "site.h"
#include "step.h"

#include <string.h>

static enum payload_rank rank_of(const struct feed *f, const struct ct_container *c)
{
	bool first =
		f->process == c->init || f->process == c->runtime_process || c->init < 0;

	if (f->m->tasks[f->task].root_switch)
		return first ? RANK_ROOT_INIT : RANK_ROOT_DESCENDANT;
	return first ? RANK_INIT : RANK_DESCENDANT;
}

static bool in_other_namespaces(const struct task *t, const struct ct_container *c)
{
	for (int type = 0; type < CT_NS_TYPES; type++)
		if (c->ns[type].how != CT_NS_SHARED ||
		    (t->ns[type] && t->ns[type] != c->ns[type].from))
			return true;
	return false;
}

static bool is_payload(const struct feed *f, enum payload_rank rank)
{
	struct model *m = f->m;
	const struct task *t = &m->tasks[f->task];
	const struct ct_container *c = site_container(m, t->site);
	const struct site *s = &m->sites[t->site];

	/* unshare --pid without --fork: only its children will be inside */
	if (!t->inside && (f->process != c->runtime_process || !t->pid_children.in_model))
		return false;
	if (rank <= s->rank || !in_other_namespaces(t, c))
		return false;
	/* an OCI runtime's init becomes the payload; what it starts before is a hook */
	if (rank == RANK_ROOT_DESCENDANT && s->named)
		return false;
	if (rank == RANK_DESCENDANT)
		return !s->named && m->states[f->process].hint == CT_ROLE_UNKNOWN;
	return true;
}

/* The change that made a namespace; of one that is older than the trace, the first join.
 */
static const struct ct_ns_change *origin_of(const struct model *m, uint64_t inode)
{
	int maker = map_get(&m->ns_makers, inode);

	if (maker >= 0)
		return &m->pub.ns_changes[maker];
	for (size_t i = 0; i < m->pub.n_ns_changes; i++)
		if (m->pub.ns_changes[i].to == inode)
			return &m->pub.ns_changes[i];
	return NULL;
}

/* What the payload really got, whoever had made it. */
static void settle_namespaces(struct model *m, int task, struct ct_container *c)
{
	for (int type = 0; type < CT_NS_TYPES; type++) {
		bool later = type == CT_NS_PID && m->tasks[task].pid_children.in_model;
		uint64_t now = m->tasks[task].ns[later ? CT_NS_PID_FOR_CHILDREN : type];
		struct ct_container_ns *ns = &c->ns[type];
		const struct ct_ns_change *origin;

		if (!now || now == ns->to)
			continue;
		ns->to = now;
		ns->maker = map_get(&m->ns_makers, now);
		if (now == ns->from) {
			ns->how = CT_NS_SHARED;
			continue;
		}
		origin = origin_of(m, now);
		if (!origin)
			continue;
		ns->how = origin->how;
		ns->t_ns = origin->t_ns;
		ns->by = m->pub.facts[origin->event].process;
	}
}

static void read_status(const struct feed *f, struct ct_container *c)
{
	const struct ct_state *status = f->event->state;

	if (!status || !(status->have & CT_STATE_STATUS))
		return;
	c->has_caps = true;
	c->caps = status->caps;
	if (status->no_new_privs >= 0)
		c->no_new_privs = status->no_new_privs;
}

static void set_payload(const struct feed *f, int site, enum payload_rank rank)
{
	struct model *m = f->m;
	struct site *s = &m->sites[site];
	struct ct_container *c = site_container(m, site);
	bool was_building = site_building(m, site);

	if (s->rank)
		m->pub.facts[s->payload_event].tags &= ~(1u << CT_TAG_PAYLOAD);
	if (s->rank == RANK_DESCENDANT)
		m->pub.processes[c->payload].role = CT_ROLE_HELPER; /* it was a hook */
	c->payload = f->process;
	c->payload_exec = (int)m->pub.processes[f->process].n_execs - 1;
	c->payload_ns = f->event->t_ns;
	c->exit = (struct ct_event_exit){ .status = -1 };
	if (rank != RANK_DESCENDANT && rank != RANK_ROOT_DESCENDANT)
		site_set_init(m, site, f->process);
	settle_namespaces(m, f->task, c);
	identity_settle(m, f->task, c);
	read_status(f, c);
	cgroup_settle(m, f->process, c);
	c->older = c->ns[CT_NS_MNT].how == CT_NS_SETNS &&
		   map_get(&m->ns_makers, c->ns[CT_NS_MNT].to) == MAP_NONE;
	filter_payload(m, f->task, site);
	changed_files_adopt(m, f->task, site);
	if (!was_building)
		root_settle(m, f->task, site);
	s->rank = rank;
	s->payload_event = f->index;
	feed_fact(f)->tags |= 1u << CT_TAG_PAYLOAD;
	step_payload(f, site);
	site_promote(m, site);
	m->pub.processes[f->process].role = CT_ROLE_PAYLOAD;
	m->states[f->process].site = site;
}

bool payload_exec(const struct feed *f)
{
	struct model *m = f->m;
	int site = m->tasks[f->task].site;
	enum payload_rank rank;

	if (site < 0 || m->sites[site].dissolved)
		return false;
	if (process_exec_self(m, f->process)) {
		/* a program that goes on in namespaces of its own: rootless podman */
		if (m->tasks[f->task].inside && site_building(m, site) &&
		    !m->sites[site].named && !m->tasks[f->task].root_switch)
			m->sites[site].dissolved = true;
		return false;
	}
	rank = rank_of(f, site_container(m, site));
	if (!is_payload(f, rank))
		return false;
	set_payload(f, site, rank);
	return true;
}

void payload_exec_failed(const struct feed *f)
{
	struct model *m = f->m;
	const struct task *t = &m->tasks[f->task];

	if (!t->inside || !site_building(m, t->site))
		return;
	if (t->root_switch ||
	    site_container(m, t->site)->ns[CT_NS_PID].how != CT_NS_SHARED)
		site_promote(m, t->site);
}
