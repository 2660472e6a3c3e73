/* SPDX-License-Identifier: MIT */
/* Hand-overs that the kernel makes: processes, namespaces, cgroups; and the list of all.
 */
#include "handover.h"

#include <stdlib.h>
#include <string.h>

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

const char *ct_handover_kind_name(enum ct_handover_kind kind)
{
	static const char *const names[] = {
		[CT_HANDOVER_FORK] = "fork",     [CT_HANDOVER_NAMESPACE] = "namespace",
		[CT_HANDOVER_CGROUP] = "cgroup", [CT_HANDOVER_MESSAGE] = "message",
		[CT_HANDOVER_FIFO] = "fifo",     [CT_HANDOVER_CONSOLE] = "console",
	};

	return (unsigned int)kind < CT_HANDOVER_KINDS ? names[kind] : "unknown";
}

void handover_add(struct model *m, const struct ct_handover *handover)
{
	int n = (int)m->pub.n_processes;

	if (handover->from < 0 || handover->from >= n || handover->to < 0 ||
	    handover->to >= n || handover->from == handover->to)
		return;
	m->pub.handovers = state_grow(&m->results, m->pub.handovers, m->pub.n_handovers,
				      sizeof(*m->pub.handovers));
	m->pub.handovers[m->pub.n_handovers++] = *handover;
}

/* -------- processes -------- */

static const char *first_program(const struct ct_process *p)
{
	for (size_t i = 0; i < p->n_execs; i++)
		if (!p->execs[i].self)
			return state_basename(p->execs[i].path);
	return "";
}

static void add_fork(struct model *m, size_t index)
{
	const struct ct_fact *fact = &m->pub.facts[index];
	const struct ct_process *child;

	if (fact->event->kind != CT_EVENT_TASK || fact->process < 0)
		return;
	child = &m->pub.processes[fact->process];
	if (child->serial != fact->event->task.serial)
		return; /* a thread */
	handover_add(m, &(struct ct_handover){
				.kind = CT_HANDOVER_FORK,
				.from = child->creator,
				.to = fact->process,
				.from_ns = child->born_ns,
				.to_ns = child->born_ns,
				.from_event = -1,
				.event = index,
				.label = first_program(child),
			});
}

/* -------- namespaces -------- */

struct visit {
	const struct ct_ns_change *change;
	int process;
};

static bool is_joined(const struct visit *visit)
{
	return visit->change->how == CT_NS_SETNS;
}

static bool same_namespace(const struct visit *a, const struct visit *b)
{
	return a->change->type == b->change->type && a->change->to == b->change->to;
}

/* By namespace; in each first who made it, then the visitors with their visits. */
static int compare_visits(const void *left, const void *right)
{
	const struct visit *a = left, *b = right;

	if (a->change->type != b->change->type)
		return COMPARE(a->change->type, b->change->type);
	if (a->change->to != b->change->to)
		return COMPARE(a->change->to, b->change->to);
	if (is_joined(a) != is_joined(b))
		return is_joined(a) ? 1 : -1;
	if (is_joined(a) && a->process != b->process)
		return COMPARE(a->process, b->process);
	return COMPARE(a->change->event, b->change->event);
}

static struct visit *collect_visits(struct model *m, size_t *n)
{
	struct visit *visits = NULL;

	*n = 0;
	for (size_t i = 0; i < m->pub.n_processes; i++)
		for (size_t j = 0; j < m->pub.processes[i].n_ns_changes; j++) {
			const struct ct_ns_change *c = &m->pub.processes[i].ns_changes[j];

			if (!c->to)
				continue;
			visits = state_grow(&m->results, visits, *n, sizeof(*visits));
			visits[(*n)++] = (struct visit){ c, (int)i };
		}
	if (*n)
		qsort(visits, *n, sizeof(*visits), compare_visits);
	return visits;
}

/* Only the first visit of a process to a namespace counts. */
static void add_namespaces(struct model *m)
{
	const struct visit *maker = NULL;
	struct visit *visits;
	size_t n;

	visits = collect_visits(m, &n);
	for (size_t i = 0; i < n; i++) {
		const struct visit *v = &visits[i];
		bool first = !i || !same_namespace(v, v - 1);

		if (first)
			maker = is_joined(v) ? NULL : v;
		if (!maker || !is_joined(v) ||
		    (!first && is_joined(v - 1) && v[-1].process == v->process))
			continue;
		handover_add(m, &(struct ct_handover){
					.kind = CT_HANDOVER_NAMESPACE,
					.from = maker->process,
					.to = v->process,
					.from_ns = maker->change->t_ns,
					.to_ns = v->change->t_ns,
					.from_event = (long)maker->change->event,
					.event = v->change->event,
					.label = ct_ns_name(v->change->type),
				});
	}
}

static void add_cgroups(struct model *m)
{
	for (size_t i = 0; i < m->pub.n_cgroup_changes; i++) {
		const struct ct_cgroup_change *c = &m->pub.cgroup_changes[i];

		handover_add(m, &(struct ct_handover){
					.kind = CT_HANDOVER_CGROUP,
					.from = c->writer,
					.to = c->process,
					.from_ns = c->t_ns,
					.to_ns = c->t_ns,
					.from_event = -1,
					.event = c->event,
					.label = c->to ? c->to : "",
				});
	}
}

static int compare_handovers(const void *left, const void *right)
{
	const struct ct_handover *a = left, *b = right;

	if (a->event != b->event)
		return COMPARE(a->event, b->event);
	if (a->kind != b->kind)
		return COMPARE(a->kind, b->kind);
	if (a->to != b->to)
		return COMPARE(a->to, b->to);
	return strcmp(a->label, b->label);
}

void handover_compute(struct model *m)
{
	m->pub.handovers = NULL;
	m->pub.n_handovers = 0;
	for (size_t i = 0; i < m->pub.n_facts; i++)
		add_fork(m, i);
	add_namespaces(m);
	add_cgroups(m);
	handover_add_messages(m);
	if (m->pub.n_handovers)
		qsort(m->pub.handovers, m->pub.n_handovers, sizeof(*m->pub.handovers),
		      compare_handovers);
}
