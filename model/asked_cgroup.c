/* SPDX-License-Identifier: MIT */
/* Asked and done: cgroups, limits, hooks. */
#include "asked.h"

#include "limit.h"

#include "cttrace/errno.h"
#include "cttrace/signal.h"

#include <stdio.h>
#include <string.h>

/* "slice:prefix:name" is what a systemd manager is asked for. */
static bool is_systemd_path(const char *path)
{
	return *path != '/' && strchr(path, ':');
}

static bool is_same_cgroup(struct asking *a, const char *path, const char *done)
{
	size_t n = strlen(done);
	const char *end = path, *first, *second;

	if (is_systemd_path(path)) {
		first = strchr(path, ':') + 1;
		second = strchr(first, ':');
		end = second ? ct_arena_printf(a->arena, "%.*s%s%s.scope",
					       (int)(second - first), first,
					       second > first ? "-" : "", second + 1)
			     : first;
	}
	return n >= strlen(end) && !strcmp(done + n - strlen(end), end);
}

void asked_cgroup(struct asking *a)
{
	const char *path = asked_text(asked_get(a, "linux"), "cgroupsPath");
	struct ct_asked r = { .asked = path, .done = a->c->cgroup, .event = -1 };

	if (a->c->n_cgroup_changes)
		r.event =
			(long)a->m->pub
				.cgroup_changes
					[a->c->cgroup_changes[a->c->n_cgroup_changes - 1]]
				.event;
	if (!path || !*path)
		r.match = CT_MATCH_NOT_ASKED;
	else if (!*a->c->cgroup)
		r.match = CT_MATCH_NOT_SEEN;
	else
		r.match = is_same_cgroup(a, path, a->c->cgroup) ? CT_MATCH_SAME
								: CT_MATCH_DIFFERS;
	asked_add(a, "cgroup", "", r);
}

/* -------- limits -------- */

/* How a number of the configuration is written to version 2's file. */
typedef int64_t convert_fn(const json_t *resources, int64_t value);

static int64_t as_it_is(const json_t *resources, int64_t value)
{
	(void)resources;
	return value;
}

/* The specification of crun and runc: 2…262144 becomes 1…10000. */
static int64_t weight_of_shares(const json_t *resources, int64_t shares)
{
	(void)resources;
	return shares < 2 || shares > 262144 ? shares
					     : 1 + ((shares - 2) * 9999) / 262142;
}

/* Version 1 limits memory and swap together, version 2 swap alone. */
static int64_t swap_alone(const json_t *resources, int64_t both)
{
	int64_t memory = asked_number(json_object_get(resources, "memory"), "limit", 0);

	return both < 0 ? both : both - memory;
}

static const struct limit_row {
	const char *part, *key, *v1, *v2;
	convert_fn *convert; /* for version 2 */
} limit_rows[] = {
	{ "memory", "limit", "memory.limit_in_bytes", "memory.max", as_it_is },
	{ "memory", "reservation", "memory.soft_limit_in_bytes", "memory.low", as_it_is },
	{ "memory", "swap", "memory.memsw.limit_in_bytes", "memory.swap.max",
	  swap_alone },
	{ "memory", "swappiness", "memory.swappiness", NULL, as_it_is },
	{ "cpu", "shares", "cpu.shares", "cpu.weight", weight_of_shares },
	{ "cpu", "quota", "cpu.cfs_quota_us", "cpu.max", as_it_is },
	{ "cpu", "period", "cpu.cfs_period_us", NULL, as_it_is },
	{ "pids", "limit", "pids.max", "pids.max", as_it_is },
	{ "blockIO", "weight", "blkio.weight", "io.weight", as_it_is },
};

/* Was the number written? "max" is none; "50000 100000" begins with it. */
static bool is_value(const char *value, int64_t number)
{
	char *end;

	if (number < 0 || limit_is_none(value))
		return number < 0 && limit_is_none(value);
	if (!strncmp(value, "default ", 8))
		value += 8;
	return strtoll(value, &end, 10) == number && (!*end || *end == ' ');
}

/* The last write to the file, failed or not: in the container's own cgroup, if any. */
static const struct ct_limit *last_limit(const struct asking *a, const char *file)
{
	const struct ct_limit *own = file ? limit_last(a->c, file) : NULL;

	for (size_t i = a->c->n_limits; file && !own && i-- > 0;)
		if (!strcmp(a->c->limits[i].file, file))
			own = &a->c->limits[i];
	return own;
}

static void judge_limit(struct asking *a, const struct ct_limit *limit, bool same,
			struct ct_asked *r)
{
	const struct ct_event_call *call = &a->m->pub.facts[limit->event].event->call;
	const char *error = strerrorname_np(call->error);

	r->event = (long)limit->event;
	r->refused = limit->failed;
	r->done = ct_arena_printf(a->arena, "%s = %s%s%s", limit->file, limit->value,
				  limit->failed ? " refused: " : "",
				  limit->failed && error ? error : "");
	r->match = same && !limit->failed ? CT_MATCH_SAME : CT_MATCH_DIFFERS;
}

/* Did anybody try? A manager of cgroups may do it in another process, unseen. */
static enum ct_match nobody_wrote(const struct asking *a, const char *v1, const char *v2)
{
	const char *path = asked_text(asked_get(a, "linux"), "cgroupsPath");

	if ((path && is_systemd_path(path)) || (v1 && asked_written(a, v1)) ||
	    (v2 && asked_written(a, v2)))
		return CT_MATCH_NOT_SEEN;
	return asked_absent(a);
}

static void compare_limit(struct asking *a, const json_t *resources,
			  const struct limit_row *row)
{
	const json_t *value =
		json_object_get(json_object_get(resources, row->part), row->key);
	const struct ct_limit *v1 = last_limit(a, row->v1), *v2 = last_limit(a, row->v2);
	int64_t number = json_is_integer(value) ? json_integer_value(value) : 0;
	struct ct_asked r = { .event = -1, .done = "never written" };

	/* 0 is how engines say "no wish" */
	if (!number)
		return;
	r.asked = number < 0 ? "no limit"
			     : ct_arena_printf(a->arena, "%lld", (long long)number);
	r.match = number < 0 ? CT_MATCH_SAME : nobody_wrote(a, row->v1, row->v2);
	if (v1)
		judge_limit(a, v1, is_value(v1->value, number), &r);
	if (v2 && (!v1 || v2->failed < v1->failed))
		judge_limit(a, v2, is_value(v2->value, row->convert(resources, number)),
			    &r);
	asked_add(a, "limit", ct_arena_printf(a->arena, "%s.%s", row->part, row->key), r);
}

static void compare_cpuset(struct asking *a, const json_t *cpu, const char *key,
			   const char *file)
{
	const char *asked = asked_text(cpu, key);
	const struct ct_limit *limit = last_limit(a, file);
	struct ct_asked r = { .asked = asked, .event = -1, .done = "never written" };

	if (!asked || !*asked)
		return;
	r.match = nobody_wrote(a, file, file);
	if (limit)
		judge_limit(a, limit, !strcmp(limit->value, asked), &r);
	asked_add(a, "limit", file, r);
}

void asked_resources(struct asking *a)
{
	json_t *resources = asked_get(a, "linux.resources");
	json_t *unified = json_object_get(resources, "unified"), *value;
	const json_t *cpu = json_object_get(resources, "cpu");
	const char *key;

	for (size_t i = 0; i < sizeof(limit_rows) / sizeof(limit_rows[0]); i++)
		compare_limit(a, resources, &limit_rows[i]);
	compare_cpuset(a, cpu, "cpus", "cpuset.cpus");
	compare_cpuset(a, cpu, "mems", "cpuset.mems");
	json_object_foreach (unified, key, value)
		compare_cpuset(a, unified, key, key);
}

/* -------- hooks -------- */

/* In the order in which they are run. */
static const char *const hook_kinds[] = { "prestart",        "createRuntime",
					  "createContainer", "startContainer",
					  "poststart",       "poststop" };

enum { HOOKS_MAX = 128 };

/* Each process is one hook. */
struct claims {
	int process[HOOKS_MAX];
	size_t n;
};

static bool is_claimed(const struct claims *claims, int process)
{
	for (size_t i = 0; i < claims->n; i++)
		if (claims->process[i] == process)
			return true;
	return false;
}

/* dockerd asks for itself, as /proc/PID/exe: then an exec says what that link leads to.
 */
static bool is_exe_of(const struct asking *a, const char *path, const char *program)
{
	int pid, length = 0;

	if (sscanf(path, "/proc/%9d/exe%n", &pid, &length) != 1 || !length ||
	    path[length])
		return false;
	for (size_t i = 0; i < a->m->pub.n_processes; i++) {
		const struct ct_process *p = &a->m->pub.processes[i];

		for (size_t j = 0; p->pid == pid && j < p->n_execs; j++)
			if (strcmp(p->execs[j].path, program) == 0)
				return true;
	}
	return false;
}

/* A hook without arguments gets the ones that its runtime chooses. */
static bool runs_hook(const struct asking *a, const struct ct_exec *exec,
		      const json_t *hook)
{
	const json_t *args = json_object_get(hook, "args");
	const char *path = asked_text(hook, "path");

	if (strcmp(exec->path, path) != 0 && !is_exe_of(a, path, exec->path))
		return false;
	for (size_t i = 0; i < json_array_size(args) && i < exec->argc; i++) {
		const char *arg = json_string_value(json_array_get(args, i));

		if (!arg || strcmp(arg, exec->argv[i]) != 0)
			return false;
	}
	return true;
}

/* The first process that ran it; -1. */
static int find_hook(const struct asking *a, const json_t *hook,
		     const struct claims *claims, size_t *event)
{
	for (int i = 0; i < (int)a->m->pub.n_processes; i++) {
		const struct ct_process *p = &a->m->pub.processes[i];

		if (p->born_ns < a->m->sites[a->site].create_ns || i == a->c->init ||
		    is_claimed(claims, i))
			continue;
		for (size_t j = 0; j < p->n_execs; j++)
			if (runs_hook(a, &p->execs[j], hook)) {
				*event = p->execs[j].event;
				return i;
			}
	}
	return -1;
}

/* A runtime kills a hook that takes longer than config.json allows: seconds. */
static const char *timeout_of(struct asking *a, const struct ct_process *p,
			      const json_t *hook)
{
	json_int_t seconds = json_integer_value(json_object_get(hook, "timeout"));

	if (!p->exit.signal || seconds <= 0 ||
	    (p->exited_ns - p->born_ns) / 1000000000 < seconds)
		return "";
	return ct_arena_printf(a->arena, " after its timeout of %lld s",
			       (long long)seconds);
}

static const char *end_of(struct asking *a, const struct ct_process *p,
			  const json_t *hook)
{
	if (p->exited_ns < 0)
		return "runs still";
	if (p->exit.signal)
		return ct_arena_printf(a->arena, "killed by %s%s",
				       ct_signal_name(p->exit.signal),
				       timeout_of(a, p, hook));
	return ct_arena_printf(a->arena, "exit status %d", p->exit.status);
}

static void compare_hook(struct asking *a, const char *kind, const json_t *hook,
			 struct claims *claims)
{
	const char *path = asked_text(hook, "path");
	struct ct_asked r = { .event = -1, .match = CT_MATCH_NOT_SEEN };
	size_t event = 0;
	int process;

	if (!path || claims->n == HOOKS_MAX)
		return;
	process = find_hook(a, hook, claims, &event);
	r.asked = ct_arena_printf(a->arena, "run %s", path);
	if (process >= 0) {
		struct ct_process *p = &a->m->pub.processes[process];

		claims->process[claims->n++] = process;
		p->role = CT_ROLE_HOOK;
		r.event = (long)event;
		r.done = ct_arena_printf(a->arena, "process %d, %s", p->pid,
					 end_of(a, p, hook));
		r.refused = p->exited_ns >= 0 && (p->exit.signal || p->exit.status);
		r.match = r.refused ? CT_MATCH_DIFFERS : CT_MATCH_SAME;
	} else if (strncmp(kind, "post", 4) != 0) {
		r.done = "never ran";
		r.match = asked_absent(a);
	}
	asked_add(a, "hook", kind, r);
}

void asked_hooks(struct asking *a)
{
	const json_t *hooks = asked_get(a, "hooks");
	struct claims claims = { .n = 0 };

	for (size_t k = 0; k < sizeof(hook_kinds) / sizeof(hook_kinds[0]); k++) {
		const json_t *list = json_object_get(hooks, hook_kinds[k]);

		for (size_t i = 0; i < json_array_size(list) && i < HOOKS_MAX; i++)
			compare_hook(a, hook_kinds[k], json_array_get(list, i), &claims);
	}
}
