/* SPDX-License-Identifier: MIT */
/* Namespace changes, found by comparing links: setns(fd, 0) does not say what it joins.
 */
#include "namespace.h"

#include "network.h"

#include <sched.h>
#include <string.h>

static enum ct_ns type_of(enum ct_ns link)
{
	static const enum ct_ns types[CT_NS_LINKS - CT_NS_TYPES] = { CT_NS_PID,
								     CT_NS_TIME };

	return link < CT_NS_TYPES ? link : types[link - CT_NS_TYPES];
}

uint64_t namespace_flags(void)
{
	uint64_t flags = 0;

	for (int type = 0; type < CT_NS_TYPES; type++)
		flags |= ct_ns_clone_flag((enum ct_ns)type);
	return flags;
}

/*
 * The flag that makes a call change this link. A pid namespace is never changed for the
 * caller itself, a time namespace only by setns (pid_namespaces(7), time_namespaces(7)).
 */
static uint64_t link_flag(enum ct_ns link, enum ct_ns_how how)
{
	if (link == CT_NS_PID || (link == CT_NS_TIME && how == CT_NS_UNSHARE))
		return 0;
	return ct_ns_clone_flag(type_of(link));
}

static struct children_change *children_change(struct task *task, enum ct_ns type)
{
	return type == CT_NS_PID ? &task->pid_children : &task->time_children;
}

/* A change has made that namespace: the number may be that of one that is gone. */
static void note_maker(struct model *m, int index, uint64_t to)
{
	const struct ct_ns_change *change = &m->pub.ns_changes[index];

	map_put(&m->ns_makers, to, index);
	if (change->type == CT_NS_NET)
		network_made(m, to, change->t_ns);
}

/* `made`: it is known to be new, not only to this process. */
static void record(const struct feed *f, int task, const struct ct_ns_change *change,
		   bool made)
{
	struct model *m = f->m;
	struct task *t = &m->tasks[task];
	struct ct_process *process = &m->pub.processes[t->process];
	struct ct_fact *fact = feed_fact(f);

	if (!fact->n_ns++)
		fact->first_ns = m->pub.n_ns_changes;
	*push(m, m->pub.ns_changes, m->pub.n_ns_changes) = *change;
	*push(m, process->ns_changes, process->n_ns_changes) = *change;
	if (change->for_children)
		*children_change(t, change->type) = (struct children_change){
			.in_model = m->pub.n_ns_changes,
			.in_process = process->n_ns_changes,
		};
	/* the number of a namespace that is gone is given again, and with it no map */
	if (change->type == CT_NS_USER && change->to && change->how != CT_NS_SETNS)
		map_put(&m->by_user_ns, change->to, MAP_NONE);
	if (change->to && change->how != CT_NS_SETNS &&
	    (made || map_get(&m->ns_makers, change->to) == MAP_NONE))
		note_maker(m, (int)m->pub.n_ns_changes - 1, change->to);
}

static void change_link(const struct feed *f, int task, enum ct_ns link,
			enum ct_ns_how how, uint64_t to)
{
	struct task *t = &f->m->tasks[task];

	record(f, task,
	       &(struct ct_ns_change){
		       .type = type_of(link),
		       .how = how,
		       .from = t->ns[link] ? t->ns[link] : t->ns[type_of(link)],
		       .to = to,
		       .t_ns = f->event->t_ns,
		       .event = f->index,
		       .for_children = link >= CT_NS_TYPES,
	       },
	       how == CT_NS_UNSHARE && f->event->kind == CT_EVENT_CALL);
	t->ns[link] = to;
}

/* The task that the event's links belong to, if the model knows it; -1. */
static int links_of(const struct feed *f)
{
	const struct ct_state *state = f->event->state;

	if (!state || !(state->have & CT_STATE_NS))
		return -1;
	if (!state->of.serial || state->of.serial == f->event->task.serial)
		return f->task;
	return map_get(&f->m->by_serial, state->of.serial);
}

static bool has_own_links(const struct feed *f)
{
	return f->task >= 0 && links_of(f) == f->task;
}

static void compare(const struct feed *f, int task, enum ct_ns_how how, uint64_t flags)
{
	const uint64_t *links = f->event->state->ns;

	for (int i = 0; i < CT_NS_LINKS; i++) {
		enum ct_ns link = (enum ct_ns)i;
		uint64_t was = f->m->tasks[task].ns[i];
		bool asked = flags & link_flag(link, how);
		/* an imported log has some of the links */
		bool believed = asked && !was && !links[i];

		/* pid_for_children cannot be read before the first child is there */
		if ((links[i] == was && !believed) || (!links[i] && !asked))
			continue;
		if (was || asked)
			change_link(f, task, link, how, links[i]);
		else
			f->m->tasks[task].ns[i] = links[i];
	}
}

/* Without links (an imported log) the arguments must do. */
static void believe(const struct feed *f, enum ct_ns_how how, uint64_t flags)
{
	const struct ct_arg *fd = ct_call_arg(&f->event->call, "fd");
	uint64_t to = how == CT_NS_SETNS && fd ? fd->ns_inode : 0;

	if (to && fd->ns_type >= 0 && fd->ns_type < CT_NS_TYPES)
		flags = ct_ns_clone_flag((enum ct_ns)fd->ns_type);
	for (int link = 0; link < CT_NS_LINKS; link++)
		if (flags & link_flag((enum ct_ns)link, how))
			change_link(f, f->task, (enum ct_ns)link, how, to);
}

void namespace_call(const struct feed *f, enum ct_ns_how how, uint64_t flags)
{
	int task = links_of(f);

	if (task >= 0)
		compare(f, task, how, task == f->task ? flags : 0);
	else if (how != CT_NS_CLONE)
		believe(f, how, flags);
}

void namespace_exec(const struct feed *f)
{
	if (has_own_links(f))
		compare(f, f->task, CT_NS_UNSHARE, 0);
}

/* The first child shows which namespace an earlier unshare(CLONE_NEWPID) had made. */
static void fill_in(const struct feed *f, int creator, enum ct_ns type, uint64_t to)
{
	struct model *m = f->m;
	struct task *maker = &m->tasks[creator];
	struct ct_process *process = &m->pub.processes[maker->process];
	struct children_change *noted = children_change(maker, type);
	enum ct_ns link =
		type == CT_NS_PID ? CT_NS_PID_FOR_CHILDREN : CT_NS_TIME_FOR_CHILDREN;
	struct ct_ns_change *change;

	if (!noted->in_model || maker->ns[link])
		return;
	maker->ns[link] = to;
	change = &m->pub.ns_changes[noted->in_model - 1];
	change->to = to;
	process->ns_changes[noted->in_process - 1].to = to;
	if (change->how != CT_NS_SETNS)
		note_maker(m, (int)noted->in_model - 1, to);
}

/* Without /proc: the first one in a new pid namespace is 1 there, no other one is known.
 */
static void number_by_order(const struct feed *f, int creator, enum ct_ns_how how)
{
	struct model *m = f->m;
	struct children_change *noted = children_change(&m->tasks[creator], CT_NS_PID);
	struct ct_process *child = &m->pub.processes[m->tasks[f->task].process];

	child->nspid = how == CT_NS_UNSHARE && !noted->peopled;
	noted->peopled = true;
}

static void born_into(const struct feed *f, int creator, enum ct_ns type, bool made)
{
	struct model *m = f->m;
	uint64_t from = m->tasks[creator].ns[type];
	uint64_t to = m->tasks[f->task].ns[type];
	enum ct_ns_how how = CT_NS_CLONE;

	if (!made) {
		size_t noted = children_change(&m->tasks[creator], type)->in_model;

		/* without links, what was asked for is believed */
		if ((to == from && (to || !noted)) || (!from && !noted))
			return;
		how = noted ? m->pub.ns_changes[noted - 1].how : CT_NS_UNSHARE;
		if (to)
			fill_in(f, creator, type, to);
		else if (type == CT_NS_PID)
			number_by_order(f, creator, how);
	}
	record(f, f->task,
	       &(struct ct_ns_change){
		       .type = type,
		       .how = how,
		       .from = from,
		       .to = to,
		       .t_ns = f->event->t_ns,
		       .event = f->index,
	       },
	       made);
}

/* What fork() gives to the child: the links "for children" become its own. */
static void inherit(struct task *child, const struct task *creator, uint64_t flags)
{
	memcpy(child->ns, creator->ns, sizeof(child->ns));
	child->ns[CT_NS_PID] = creator->ns[CT_NS_PID_FOR_CHILDREN];
	child->ns[CT_NS_TIME] = creator->ns[CT_NS_TIME_FOR_CHILDREN];
	for (int type = 0; type < CT_NS_TYPES; type++)
		if (flags & ct_ns_clone_flag((enum ct_ns)type))
			child->ns[type] = 0;
	child->ns[CT_NS_PID_FOR_CHILDREN] = child->ns[CT_NS_PID];
	child->ns[CT_NS_TIME_FOR_CHILDREN] = child->ns[CT_NS_TIME];
}

static void read_links(const struct feed *f)
{
	uint64_t *ns = f->m->tasks[f->task].ns;
	const uint64_t *links = f->event->state->ns;

	for (int link = 0; link < CT_NS_LINKS; link++)
		if (links[link])
			ns[link] = links[link];
	if (!links[CT_NS_PID_FOR_CHILDREN])
		ns[CT_NS_PID_FOR_CHILDREN] = ns[CT_NS_PID];
	if (!links[CT_NS_TIME_FOR_CHILDREN])
		ns[CT_NS_TIME_FOR_CHILDREN] = ns[CT_NS_TIME];
}

static void learn_host(struct model *m, const struct task *root)
{
	for (int type = 0; type < CT_NS_TYPES; type++)
		if (!m->host_ns[type])
			m->host_ns[type] = root->ns[type];
}

void namespace_birth(const struct feed *f, int creator)
{
	struct model *m = f->m;
	struct task *task = &m->tasks[f->task];
	uint64_t flags = f->event->birth.flags;
	bool thread = f->event->birth.how == CT_BIRTH_THREAD;

	if (creator >= 0 && thread) {
		memcpy(task->ns, m->tasks[creator].ns, sizeof(task->ns));
		task->pid_children = m->tasks[creator].pid_children;
		task->time_children = m->tasks[creator].time_children;
	} else if (creator >= 0) {
		inherit(task, &m->tasks[creator], flags);
	} else {
		memcpy(task->ns, m->host_ns, sizeof(m->host_ns));
		task->ns[CT_NS_PID_FOR_CHILDREN] = task->ns[CT_NS_PID];
		task->ns[CT_NS_TIME_FOR_CHILDREN] = task->ns[CT_NS_TIME];
	}
	if (has_own_links(f))
		read_links(f);
	if (creator < 0)
		learn_host(m, task);
	else if (!thread)
		for (int type = 0; type < CT_NS_TYPES; type++)
			born_into(f, creator, (enum ct_ns)type,
				  flags & ct_ns_clone_flag((enum ct_ns)type));
}
