/* SPDX-License-Identifier: MIT */
/* Asked and done: cgroups, limits. */
#include "asked.h"

#include "limit.h"

#include "cttrace/errno.h"

#include <string.h>

/* "slice:prefix:name" is what a systemd manager is asked for. */
static bool is_systemd_path(const char *path)
{
	return *path != '/' && strchr(path, ':');
}

/* The unit that is asked for: a slice says its own name, others are scopes. */
static const char *unit_of(struct asking *a, const char *path)
{
	const char *prefix = strchr(path, ':') + 1, *name = strchr(prefix, ':');
	size_t n = name ? (size_t)(name - prefix) : 0;
	const char *suffix = name ? strrchr(name, '.') : NULL;

	if (!name)
		return prefix;
	if (suffix && !strcmp(suffix, ".slice"))
		return name + 1;
	return ct_arena_printf(a->arena, "%.*s%s%s.scope", (int)n, prefix, n ? "-" : "",
			       name + 1);
}

/* Is it the cgroup of this unit, or one that a runtime made in it? crun makes
 * "container". */
static bool is_in_unit(const char *cgroup, const char *unit)
{
	size_t n = strlen(unit);

	for (const char *at = cgroup; n && (at = strstr(at, unit)); at++)
		if (at > cgroup && at[-1] == '/' && (!at[n] || at[n] == '/'))
			return true;
	return false;
}

static bool is_same_cgroup(struct asking *a, const char *path, const char *done)
{
	size_t n = strlen(done), end = strlen(path);

	if (is_systemd_path(path))
		return is_in_unit(done, unit_of(a, path));
	return n >= end && !strcmp(done + n - end, path);
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
