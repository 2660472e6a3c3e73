/* SPDX-License-Identifier: MIT */
/* The life of processes. */
#include "process.h"

#include "cgroup.h"
#include "exec.h"
#include "filter.h"
#include "namespace.h"
#include "role.h"
#include "site.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

#define COMM_MAX 15

int process_by_pid(const struct model *m, int64_t pid)
{
	int process = pid > 0 ? map_get(&m->by_pid, (uint64_t)pid) : -1;

	return process >= 0 && m->pub.processes[process].exited_ns < 0 ? process : -1;
}

int process_by_path(const struct feed *f, const char *path)
{
	static const char proc[] = "/proc/";

	if (strncmp(path, proc, sizeof(proc) - 1) != 0)
		return -1;
	path += sizeof(proc) - 1;
	if (!strncmp(path, "self/", 5) || !strncmp(path, "thread-self/", 12))
		return f->process;
	return process_by_pid(f->m, strtol(path, NULL, 10));
}

/* The kernel's name for a program that was run from /proc/self/exe or a descriptor. */
static bool names_copy(const char *comm)
{
	return !strcmp(comm, "exe") || comm[strspn(comm, "0123456789")] == '\0';
}

void process_status(const struct feed *f, int task)
{
	const struct ct_state *state = f->event->state;
	struct model *m = f->m;
	struct ct_process *process;

	if (task < 0 || !state || !(state->have & CT_STATE_STATUS))
		return;
	m->tasks[task].caps = &state->caps;
	process = &m->pub.processes[m->tasks[task].process];
	/* another thread has a name and ids of its own */
	if (m->states[m->tasks[task].process].leader != task)
		return;
	if (state->comm && !names_copy(state->comm))
		process->comm = state->comm;
	if (state->ppid > 0 && process->ppid != state->ppid) {
		process->ppid = state->ppid;
		process->ppid_process = process_by_pid(m, state->ppid);
	}
	if (state->n_nspid)
		process->nspid = state->nspid[state->n_nspid - 1];
}

static void find_parent(struct model *m, struct ct_process *process, uint64_t flags)
{
	const struct ct_process *creator;

	if (process->creator < 0)
		return;
	creator = &m->pub.processes[process->creator];
	process->comm = creator->comm;
	process->ppid = flags & CLONE_PARENT ? creator->ppid : creator->pid;
	process->ppid_process =
		flags & CLONE_PARENT ? creator->ppid_process : process->creator;
	/* in a nested pid namespace only /proc/PID/status knows it, but for the first */
	process->nspid = creator->nspid == creator->pid ? process->pid : 0;
	if (flags & CLONE_NEWPID)
		process->nspid = 1;
}

static int new_process(struct feed *f, int creator)
{
	const struct ct_event_task *birth = &f->event->birth;
	struct model *m = f->m;
	int index = (int)m->pub.n_processes;
	size_t n_states = m->pub.n_processes;
	struct ct_process *process = push(m, m->pub.processes, m->pub.n_processes);
	struct process_state *state = push(m, m->states, n_states);
	int parent = creator >= 0 ? m->tasks[creator].process : -1;

	*process = (struct ct_process){
		.pid = birth->pid,
		.serial = f->event->task.serial,
		.ppid_process = -1,
		.creator = parent,
		.how = birth->how,
		.nspid = birth->pid,
		.comm = "",
		.born_ns = f->event->t_ns,
		.exited_ns = -1,
		.exit = { .status = -1 },
		.container = -1,
	};
	*state = (struct process_state){ .leader = f->task,
					 .site = -1,
					 .path = "",
					 .exe = "",
					 .argv0 = "",
					 .last_move = -1 };
	if (parent >= 0) {
		const struct process_state *from = &m->states[parent];

		state->hint = from->hint;
		state->path = from->path;
		state->exe = from->exe;
		state->argv0 = from->argv0;
		state->joining = from->joining;
		state->cgroups = from->cgroups;
		state->n_cgroups = from->n_cgroups;
		process->role = m->pub.processes[parent].role;
	}
	find_parent(m, process, birth->flags);
	if (birth->how == CT_BIRTH_ROOT && m->pub.root < 0)
		m->pub.root = index;
	if (birth->pid > 0)
		map_put(&m->by_pid, (uint64_t)birth->pid, index);
	return index;
}

static int process_of_thread(const struct feed *f, int creator)
{
	if (f->event->birth.how != CT_BIRTH_THREAD &&
	    f->event->birth.how != CT_BIRTH_ATTACHED)
		return -1;
	if (creator >= 0 && f->event->birth.how == CT_BIRTH_THREAD)
		return f->m->tasks[creator].process;
	/* an attached process: its threads have its pid, but another tid */
	return f->event->birth.pid == f->event->task.tid
		       ? -1
		       : process_by_pid(f->m, f->event->birth.pid);
}

void process_birth(struct feed *f)
{
	struct model *m = f->m;
	uint32_t serial = f->event->task.serial;
	int creator = map_get(&m->by_serial, f->event->birth.creator.serial);
	struct task *task;

	if (!serial || map_get(&m->by_serial, serial) != MAP_NONE)
		return;
	f->task = (int)m->n_tasks;
	task = push(m, m->tasks, m->n_tasks);
	task->site = -1;
	if (creator >= 0) {
		task->site = m->tasks[creator].site;
		task->inside = m->tasks[creator].inside;
		task->caps = m->tasks[creator].caps;
		task->root_switch = m->tasks[creator].root_switch;
	}
	map_put(&m->by_serial, serial, f->task);
	f->process = process_of_thread(f, creator);
	if (f->process < 0)
		f->process = new_process(f, creator);
	m->tasks[f->task].process = f->process;
	m->pub.processes[f->process].n_threads++;
	namespace_birth(f, creator);
	filter_birth(f, creator);
	process_status(f, f->task);
	site_birth(f, creator);
	cgroup_birth(f); /* of the container that it may have made */
	if (m->states[f->process].leader == f->task)
		memcpy(m->pub.processes[f->process].ns_born, m->tasks[f->task].ns,
		       sizeof(m->pub.processes[0].ns_born));
}

/*
 * execve from another thread: that thread takes over the leader's id, and its namespaces
 * and root become those of the process (ptrace(2), "execve(2) under ptrace").
 */
static void take_over(const struct feed *f)
{
	struct model *m = f->m;
	int former = map_get(&m->by_serial, f->event->exec.former.serial);

	if (former >= 0 && former != f->task && m->tasks[former].process == f->process)
		m->tasks[f->task] = m->tasks[former];
	m->states[f->process].leader = f->task;
	m->states[f->process].site = m->tasks[f->task].site;
}

bool process_exec_self(const struct model *m, int process)
{
	const struct ct_process *p = &m->pub.processes[process];

	return p->n_execs && p->execs[p->n_execs - 1].self;
}

static bool names_own_image(const char *path)
{
	size_t len = strlen(path);

	return !strncmp(path, "/proc/", 6) && len > 10 && !strcmp(path + len - 4, "/exe");
}

/*
 * A runtime runs a sealed copy of itself (CVE-2019-5736); podman and runc start
 * /proc/self/exe. The name must be the same too: in busybox all programs are one file.
 */
static bool runs_itself(const struct process_state *before,
			const struct ct_event_exec *exec)
{
	const char *argv0 = exec->argc ? exec->argv[0] : "";
	bool same_file = !*exec->path || (*exec->exe && !strcmp(exec->exe, before->exe));

	if (!*before->exe)
		return false;
	return names_own_image(exec->path) ||
	       (same_file &&
		!strcmp(state_basename(argv0), state_basename(before->argv0)));
}

static const char *program_path(const struct process_state *before,
				const struct ct_event_exec *exec, bool self)
{
	if (self && *before->path)
		return before->path;
	if (*exec->path)
		return exec->path;
	return *exec->exe ? exec->exe : "?";
}

static const char *comm_of(struct model *m, const char *path)
{
	const char *name = state_basename(path);

	return ct_arena_strndup(&m->arena, name, strnlen(name, COMM_MAX));
}

void process_exec(struct feed *f)
{
	const struct ct_event_exec *exec = &f->event->exec;
	struct model *m = f->m;
	struct process_state *state;
	struct ct_process *process;
	const char *path;
	bool self;

	if (f->task < 0)
		return;
	take_over(f);
	process = &m->pub.processes[f->process];
	state = &m->states[f->process];
	self = runs_itself(state, exec);
	path = program_path(state, exec, self);
	*push(m, process->execs, process->n_execs) = (struct ct_exec){
		.t_ns = f->event->t_ns,
		.path = path,
		.argv = exec->argv,
		.argc = exec->argc,
		.event = f->index,
		.self = self,
	};
	process->comm = comm_of(m, path);
	state->path = path;
	if (!self)
		state->exe = *exec->exe ? exec->exe : exec->path;
	state->argv0 = exec->argc ? exec->argv[0] : "";
	process_status(f, f->task);
	if (f->event->state && f->event->state->have & CT_STATE_STATUS)
		state->started = &f->event->state->caps;
	namespace_exec(f);
	cgroup_snapshot(f, f->process);
	if (!self)
		state->hint = role_hint(path);
	exec_judge(f);
	if (state->joining && !self)
		site_visit(f);
	state->joining &= self;
}

void process_exit(const struct feed *f)
{
	struct ct_process *process;
	struct model *m = f->m;

	if (f->task < 0 || m->states[f->process].leader != f->task)
		return;
	process = &m->pub.processes[f->process];
	process->exited_ns = f->event->t_ns;
	process->exit = f->event->exit;
	if (f->process == m->pub.root) {
		m->pub.exit = f->event->exit;
		m->pub.exited = true;
	}
	site_exit(f);
}
