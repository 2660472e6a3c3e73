/* SPDX-License-Identifier: MIT */
/* Roles by name, and those that only the whole trace shows. */
#include "role.h"

#include "command.h"

#include <fnmatch.h>
#include <string.h>

/* An engine is searched for among so many ancestors. */
#define ANCESTORS 256

static const struct {
	const char *pattern;
	enum ct_role role;
	const char *id_option;
} programs[] = {
#define ROLE(name, role, id) { name, CT_ROLE_##role, id },
#include "roles.def"
#undef ROLE
};

#define N_PROGRAMS (sizeof(programs) / sizeof(programs[0]))

static size_t find_program(const char *path)
{
	const char *name = state_basename(path);
	size_t i = 0;

	while (i < N_PROGRAMS &&
	       fnmatch(programs[i].pattern,
		       strchr(programs[i].pattern, '/') ? path : name, 0))
		i++;
	return i;
}

enum ct_role role_hint(const char *path)
{
	size_t program = find_program(path);

	return program < N_PROGRAMS ? programs[program].role : CT_ROLE_UNKNOWN;
}

const char *role_monitor_id(const struct ct_exec *exec)
{
	size_t program = find_program(exec->path);

	if (program == N_PROGRAMS || !programs[program].id_option)
		return NULL;
	return command_option(exec, programs[program].id_option);
}

bool role_keeps_to_itself(enum ct_role hint)
{
	return hint != CT_ROLE_UNKNOWN && hint != CT_ROLE_RUNTIME;
}

static bool is_engine(const struct model *m, int process)
{
	enum ct_role hint = m->states[process].hint;

	return hint == CT_ROLE_ENGINE || hint == CT_ROLE_DAEMON;
}

/* The topmost engine above the runtime, but not outside of the container it is started
 * in. */
static int engine_above(const struct model *m, const struct site *s,
			const struct ct_container *c)
{
	int process = c->runtime_process, engine = -1;
	bool was_inside = false;

	for (int i = 0; process >= 0 && i < ANCESTORS; i++) {
		bool inside = m->tasks[m->states[process].leader].inside;

		if (s->outer >= 0 && was_inside && !inside)
			break;
		was_inside |= inside;
		if (is_engine(m, process))
			engine = process;
		process = m->pub.processes[process].creator;
	}
	return engine;
}

/*
 * Whatever its name: a process that became a daemon (its creator has ended before it),
 * started the runtime, and outlived it.
 */
static int monitor_above(const struct model *m, const struct ct_container *c)
{
	const struct ct_process *all = m->pub.processes;
	int monitor = c->runtime_process >= 0 ? all[c->runtime_process].creator : -1;
	int creator = monitor >= 0 ? all[monitor].creator : -1;

	if (creator < 0 || monitor == m->pub.root || all[monitor].role != CT_ROLE_UNKNOWN)
		return -1;
	if (all[creator].exited_ns < 0 ||
	    (all[monitor].exited_ns >= 0 &&
	     all[monitor].exited_ns < all[creator].exited_ns))
		return -1;
	if (c->payload_ns >= 0 && all[monitor].exited_ns >= 0 &&
	    all[monitor].exited_ns < c->payload_ns)
		return -1;
	return monitor;
}

static void settle_container(struct model *m, struct site *s, struct ct_container *c)
{
	int root = m->pub.root, engine;

	if (c->monitor < 0) {
		c->monitor = monitor_above(m, c);
		if (c->monitor >= 0)
			m->pub.processes[c->monitor].role = CT_ROLE_MONITOR;
	}
	engine = engine_above(m, s, c);
	if (engine < 0 && c->monitor >= 0 && s->outer < 0 && root >= 0 &&
	    root != c->runtime_process && !m->states[root].hint)
		engine = root;
	if (s->outer >= 0)
		c->outer = m->sites[s->outer].container;
	s->engine = engine;
	if (engine < 0)
		return;
	/* what it runs now: a script may have become the engine by exec */
	c->engine = state_basename(m->states[engine].path);
	if (m->pub.processes[engine].role == CT_ROLE_UNKNOWN ||
	    m->pub.processes[engine].role == CT_ROLE_HELPER)
		m->pub.processes[engine].role = CT_ROLE_ENGINE;
}

/* Who set up the network of a container was in its network namespace. */
static int container_of_network(const struct map *nets, const struct ct_process *process)
{
	for (size_t i = 0; i < process->n_ns_changes; i++) {
		const struct ct_ns_change *change = &process->ns_changes[i];
		int container =
			change->type == CT_NS_NET ? map_get(nets, change->to) : -1;

		if (container >= 0)
			return container;
	}
	return -1;
}

static void settle_process(struct model *m, const struct map *nets, int index)
{
	struct ct_process *process = &m->pub.processes[index];
	const struct process_state *state = &m->states[index];
	const struct ct_process *creator =
		process->creator >= 0 ? &m->pub.processes[process->creator] : NULL;

	process->container = state->site >= 0 ? m->sites[state->site].container : -1;
	process->inside = process->container >= 0 && m->tasks[state->leader].inside;
	if (process->role == CT_ROLE_INIT && process->container < 0)
		process->role = CT_ROLE_UNKNOWN;
	if (process->role == CT_ROLE_UNKNOWN && m->pub.n_containers &&
	    index != m->pub.root)
		process->role = CT_ROLE_HELPER;
	if (process->container >= 0)
		return;
	if (process->role == CT_ROLE_NETWORK)
		process->container = container_of_network(nets, process);
	if (process->container < 0 && creator && creator->role == CT_ROLE_NETWORK)
		process->container = creator->container;
}

void role_settle(struct model *m)
{
	struct map nets = { 0 };

	for (size_t i = 0; i < m->n_sites; i++)
		if (m->sites[i].container >= 0)
			settle_container(m, &m->sites[i], site_container(m, (int)i));
	for (size_t i = 0; i < m->pub.n_containers; i++) {
		const struct ct_container_ns *net = &m->pub.containers[i].ns[CT_NS_NET];

		if (net->how != CT_NS_SHARED && map_get(&nets, net->to) == MAP_NONE)
			map_put(&nets, net->to, (int)i);
	}
	for (size_t i = 0; i < m->pub.n_processes; i++)
		settle_process(m, &nets, (int)i);
	map_release(&nets);
}
