/* SPDX-License-Identifier: MIT */
/* Feeds events to the parts of the model. */
#include "cttrace/model.h"

#include "act.h"
#include "alloc.h"
#include "asked.h"
#include "benign.h"
#include "bus.h"
#include "cgroup.h"
#include "changed_files.h"
#include "filter.h"
#include "finding.h"
#include "handover.h"
#include "isolation.h"
#include "limit.h"
#include "meter.h"
#include "mount_replay.h"
#include "mount_table.h"
#include "network.h"
#include "phase.h"
#include "process.h"
#include "role.h"
#include "rule.h"
#include "site.h"
#include "state.h"
#include "step.h"
#include "wall.h"

#include <stdlib.h>
#include <string.h>

void *state_grow(struct ct_arena *arena, void *items, size_t count, size_t size)
{
	size_t room;

	/* full at 4, 8, 16, … */
	if (count && (count < 4 || (count & (count - 1))))
		return items;
	if (__builtin_mul_overflow(count ? count * 2 : 4, size, &room))
		ct_out_of_memory();
	return count ? memcpy(ct_arena_alloc(arena, room), items, count * size)
		     : ct_arena_alloc(arena, room);
}

struct ct_fact *feed_fact(const struct feed *f)
{
	return &f->m->pub.facts[f->index];
}

const char *state_basename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

struct ct_model *ct_model_new(const struct ct_trace_header *header)
{
	struct model *m = ct_alloc(sizeof(*m));

	m->pub.header = header;
	m->pub.root = -1;
	m->pub.exit.status = -1;
	if (header)
		memcpy(m->host_ns, header->host_ns, sizeof(m->host_ns));
	replay_start(m);
	return &m->pub;
}

void ct_model_free(struct ct_model *model)
{
	struct model *m = (struct model *)model;

	if (!m)
		return;
	free(m->pub.facts);
	free(m->fact_sites);
	for (size_t i = 0; i < m->n_sites; i++) {
		wall_release(&m->sites[i]);
		map_release(&m->sites[i].changed_files);
	}
	map_release(&m->by_serial);
	map_release(&m->by_pid);
	map_release(&m->by_id);
	map_release(&m->by_ns);
	map_release(&m->ns_makers);
	map_release(&m->overlays);
	map_release(&m->by_net_socket);
	map_release(&m->networks);
	map_release(&m->by_link);
	map_release(&m->mount_fds);
	map_release(&m->mount_trees);
	mount_tree_release(&m->tree);
	filter_release(m);
	bus_release(m);
	map_release(&m->by_cgroup);
	map_release(&m->device_programs);
	map_release(&m->by_user_ns);
	ct_arena_release(&m->arena);
	ct_arena_release(&m->results);
	free(m);
}

static void tag(const struct feed *f, unsigned int tags)
{
	feed_fact(f)->tags |= tags;
}

static void feed_task(struct feed *f)
{
	process_birth(f);
	tag(f, 1u << CT_TAG_PROCESS);
	if (!feed_fact(f)->n_ns)
		return;
	tag(f, 1u << CT_TAG_NAMESPACE);
	step_note(f, CT_STEP_NAMESPACES);
}

static void feed_failed(struct feed *f, const struct rule *rule)
{
	bool inside = f->m->tasks[f->task].inside;

	f->m->pub.processes[f->process].n_failed++;
	tag(f, 1u << CT_TAG_FAILED);
	filter_attribute(f);
	if (rule && rule->apply_failed)
		rule->apply_failed(f);
	/* a search along PATH, unless it is the container's own program that is missing
	 */
	if (benign_failure(&f->event->call) &&
	    !(inside && !strcmp(f->event->call.name, "execve"))) {
		tag(f, 1u << CT_TAG_BENIGN);
		return;
	}
	site_failed(f);
	if (rule && rule->step)
		step_note(f, rule->step);
}

static void feed_call(struct feed *f)
{
	const struct rule *rule;

	if (f->task < 0)
		return;
	process_status(f, f->event->state && f->event->state->of.serial
				  ? map_get(&f->m->by_serial, f->event->state->of.serial)
				  : f->task);
	cgroup_observe(f);
	bus_call(f);
	rule = rule_find(f);
	if (rule)
		tag(f, rule->tags);
	act_note(f);
	if (f->event->call.result == CT_RESULT_ERROR) {
		feed_failed(f, rule);
		return;
	}
	if (!rule || !ct_call_ok(&f->event->call))
		return;
	if (rule->apply)
		rule->apply(f);
	if (rule->step)
		step_note(f, rule->step);
}

static void feed_exec(struct feed *f)
{
	tag(f, 1u << CT_TAG_PROCESS);
	process_exec(f);
}

static void feed_exit(struct feed *f)
{
	tag(f, 1u << CT_TAG_PROCESS);
	process_exit(f);
}

static void feed_gap(struct feed *f)
{
	if (!f->m->first_gap)
		f->m->first_gap = f->index + 1;
	f->m->gaps += f->event->note.count;
}

static void (*const handlers[CT_EVENT_KINDS])(struct feed *f) = {
	[CT_EVENT_TASK] = feed_task, [CT_EVENT_CALL] = feed_call,
	[CT_EVENT_EXEC] = feed_exec, [CT_EVENT_EXIT] = feed_exit,
	[CT_EVENT_GAP] = feed_gap,   [CT_EVENT_METER] = meter_sample,
};

/* What the event has changed, as everybody may see it. */
static void publish(const struct feed *f)
{
	struct model *m = f->m;
	struct task *task = &m->tasks[f->task];
	struct ct_process *process = &m->pub.processes[f->process];
	struct process_state *state = &m->states[f->process];
	struct ct_fact *fact = feed_fact(f);
	int site = f->site >= 0 ? f->site : task->site;

	fact->process = f->process;
	m->fact_sites[f->index] = site;
	if (site >= 0)
		fact->container = m->sites[site].container;
	process->container = state->site >= 0 ? m->sites[state->site].container : -1;
	process->inside = process->container >= 0 && m->tasks[state->leader].inside;
	if (state->leader == f->task)
		memcpy(process->ns, task->ns, sizeof(process->ns));
}

void ct_model_feed(struct ct_model *model, const struct ct_event *event)
{
	struct model *m = (struct model *)model;
	struct feed f = { .m = m, .event = event, .index = m->pub.n_facts, .site = -1 };
	size_t n_sites = m->pub.n_facts;
	int walls;

	*ct_push(m->pub.facts, m->pub.n_facts, m->cap_facts) = (struct ct_fact){
		.event = event, .process = -1, .container = -1, .cgroup = -1, .bus = -1
	};
	*ct_push(m->fact_sites, n_sites, m->cap_fact_sites) = -1;
	f.task = map_get(&m->by_serial, event->task.serial);
	f.process = f.task >= 0 ? m->tasks[f.task].process : -1;
	walls = wall_site(&f);
	if ((unsigned int)event->kind < CT_EVENT_KINDS && handlers[event->kind])
		handlers[event->kind](&f);
	if (f.task >= 0) {
		publish(&f);
		wall_event(&f, walls);
		replay_event(&f);
		changed_files_event(&f);
		mount_table_event(&f);
		replay_members(&f);
	}
	if (step_event_end(event) > m->pub.end_ns)
		m->pub.end_ns = step_event_end(event);
}

/* A site may prove to be a container long after its first events. */
static void label_facts(struct model *m)
{
	for (size_t i = 0; i < m->pub.n_facts; i++)
		if (m->fact_sites[i] >= 0)
			m->pub.facts[i].container = m->sites[m->fact_sites[i]].container;
}

void ct_model_finish(struct ct_model *model, const struct ct_trace_footer *footer)
{
	struct model *m = (struct model *)model;

	ct_arena_reset(&m->results);
	m->pub.complete = footer != NULL;
	if (footer && footer->t_ns > m->pub.end_ns)
		m->pub.end_ns = footer->t_ns;
	if (footer && footer->root_ended) {
		m->pub.exit = footer->root_exit;
		m->pub.exited = true;
	}
	label_facts(m);
	benign_mark_retries(model);
	network_roles(m);
	role_settle(m);
	mount_table_settle(m);
	limit_settle(m);
	meter_settle(m);
	network_settle(m);
	filter_compute(m);
	isolation_settle(m);
	asked_compute(m);
	phase_compute(m);
	handover_compute(m);
	finding_compute(m);
}

struct ct_model *ct_model_of_trace(const struct ct_trace *trace)
{
	struct ct_model *model = ct_model_new(&trace->header);

	for (size_t i = 0; i < trace->n_events; i++)
		ct_model_feed(model, &trace->events[i]);
	ct_model_finish(model, trace->complete ? &trace->footer : NULL);
	return model;
}
