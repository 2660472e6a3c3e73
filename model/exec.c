/* SPDX-License-Identifier: MIT */
/* What an exec says about roles: an engine, a monitor or a runtime goes to work. */
#include "exec.h"

#include "command.h"
#include "payload.h"
#include "process.h"
#include "role.h"
#include "site.h"

#include <string.h>

/* Long command lines are not searched to their end for a known id. */
#define ARGS_SEARCHED 256

static const struct ct_exec *last_exec(const struct feed *f)
{
	const struct ct_process *process = &f->m->pub.processes[f->process];

	return &process->execs[process->n_execs - 1];
}

static int site_named(const struct model *m, const char *id)
{
	int site = map_get(&m->by_id, map_hash(id));

	return site >= 0 && !strcmp(m->sites[site].draft.id, id) ? site : -1;
}

static void serve(const struct feed *f, int site)
{
	struct task *t = &f->m->tasks[f->task];

	t->site = site;
	t->inside = false;
	t->root_switch = 0;
	f->m->states[f->process].site = site;
}

/* `runtime create ID`: the same id can be used again when its container is gone. */
static void create(const struct feed *f, const struct command *command)
{
	struct model *m = f->m;
	const struct ct_exec *exec = last_exec(f);
	int site = site_named(m, command->id);
	struct ct_container *c;
	int creator;

	if (site >= 0 && site_container(m, site)->runtime_process == f->process)
		return; /* it only runs a copy of itself */
	if (site >= 0 && site_container(m, site)->runtime_process >= 0)
		map_put(&m->by_id, map_hash(command->id), -1);
	site = site_by_id(m, command->id, f);
	c = site_container(m, site);
	c->runtime_process = f->process;
	c->runtime = state_basename(exec->path);
	c->runtime_path = exec->path;
	c->bundle = command->bundle;
	creator = m->pub.processes[f->process].creator;
	if (creator >= 0 && m->pub.processes[creator].role == CT_ROLE_MONITOR)
		c->monitor =
			creator; /* the one that stays, not the one that was started */
	if (m->states[f->process].started)
		c->caps_before = *m->states[f->process].started;
	m->sites[site].create_ns = f->event->t_ns;
	serve(f, site);
	site_promote(m, site);
}

/* `runtime exec ID`: of a container that is older than the trace, it is all we see. */
static void join(const struct feed *f, int site)
{
	struct ct_container *c = site_container(f->m, site);

	if (c->runtime_process >= 0)
		return;
	c->runtime_process = f->process;
	c->runtime = state_basename(last_exec(f)->path);
	c->runtime_path = last_exec(f)->path;
}

/* True when the command line is that of an OCI runtime at work on a container. */
static bool runtime_exec(const struct feed *f)
{
	enum ct_role hint = f->m->states[f->process].hint;
	struct command command;
	int site;

	if (hint != CT_ROLE_RUNTIME && hint != CT_ROLE_UNKNOWN)
		return false;
	command = command_parse(last_exec(f));
	if (!command.id)
		return false;
	if (command.verb == COMMAND_CREATE) {
		/* a renamed runtime is known by its bundle: "make run x" is none */
		if (hint == CT_ROLE_UNKNOWN && !*command.bundle)
			return false;
		create(f, &command);
		return true;
	}
	site = site_named(f->m, command.id);
	/* of a container that is older than the trace it is the first word */
	if (site < 0 && command.verb == COMMAND_EXEC && hint == CT_ROLE_RUNTIME)
		site = site_by_id(f->m, command.id, f);
	if (site < 0)
		return false;
	serve(f, site);
	if (command.verb == COMMAND_EXEC)
		join(f, site);
	if (command.verb == COMMAND_START && f->m->sites[site].starter < 0)
		f->m->sites[site].starter = f->process;
	return true;
}

static bool monitor_exec(const struct feed *f)
{
	const char *id = role_monitor_id(last_exec(f));
	struct ct_container *c;
	int site;

	if (!id)
		return false;
	site = site_by_id(f->m, id, f);
	c = site_container(f->m, site);
	if (c->monitor < 0)
		c->monitor = f->process;
	serve(f, site);
	return true;
}

/* `podman container cleanup ID`, started by a monitor long after. */
static void engine_exec(const struct feed *f)
{
	const struct ct_exec *exec = last_exec(f);

	if (!f->m->n_sites)
		return;
	for (size_t i = 1; i < exec->argc && i < ARGS_SEARCHED; i++) {
		int site = site_named(f->m, exec->argv[i]);

		if (site >= 0) {
			serve(f, site);
			return;
		}
	}
}

/* The init of an OCI runtime starts nothing before the payload but startContainer hooks.
 */
static bool is_hook(const struct feed *f)
{
	int site = f->m->tasks[f->task].site;
	int creator = f->m->pub.processes[f->process].creator;

	return f->m->sites[site].named && f->m->tasks[f->task].root_switch &&
	       creator >= 0 && creator == site_container(f->m, site)->init;
}

static enum ct_role role_inside(const struct feed *f, bool building)
{
	enum ct_role hint = f->m->states[f->process].hint;

	if (building && process_exec_self(f->m, f->process))
		return f->m->pub.processes[f->process].role;
	if (building)
		return is_hook(f) ? CT_ROLE_HOOK : CT_ROLE_HELPER;
	/* containers in containers */
	return hint == CT_ROLE_ENGINE || hint == CT_ROLE_DAEMON || hint == CT_ROLE_RUNTIME
		       ? hint
		       : CT_ROLE_PAYLOAD;
}

static enum ct_role role_after_exec(const struct feed *f)
{
	struct model *m = f->m;
	const struct task *t = &m->tasks[f->task];
	enum ct_role hint = m->states[f->process].hint;

	if (t->inside && !m->sites[t->site].dissolved)
		return role_inside(f, site_building(m, t->site));
	if (process_exec_self(m, f->process))
		return m->pub.processes[f->process].role;
	return hint == CT_ROLE_MONITOR ? CT_ROLE_HELPER : hint; /* conmon --version */
}

void exec_judge(const struct feed *f)
{
	struct ct_process *process = &f->m->pub.processes[f->process];
	enum ct_role hint = f->m->states[f->process].hint;
	bool payload = payload_exec(f);

	if (runtime_exec(f))
		process->role = CT_ROLE_RUNTIME;
	else if (hint == CT_ROLE_MONITOR && monitor_exec(f))
		process->role = CT_ROLE_MONITOR;
	else if (!payload)
		process->role = role_after_exec(f);
	if (hint == CT_ROLE_ENGINE && !payload)
		engine_exec(f);
}
