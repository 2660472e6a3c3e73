/* SPDX-License-Identifier: MIT */
/* Prints a model, one fact a line; what is not there is not printed. */
#include "describe.h"

static const char *id_of(const struct ct_model *model, int container)
{
	return container < 0 ? "-" : model->containers[container].id;
}

static int pid_of(const struct ct_model *model, int process)
{
	return process < 0 ? 0 : model->processes[process].pid;
}

static void add_time(struct ct_strbuf *out, int64_t t_ns)
{
	ct_strbuf_addf(out, "%lld.%03lld", (long long)t_ns / 1000000,
		       (long long)t_ns / 1000 % 1000);
}

static void add_optional(struct ct_strbuf *out, const char *name, const char *value)
{
	if (*value)
		ct_strbuf_addf(out, "  %s %s\n", name, value);
}

static void add_exit(struct ct_strbuf *out, const struct ct_event_exit *exit)
{
	if (exit->signal)
		ct_strbuf_addf(out, "signal %d", exit->signal);
	else
		ct_strbuf_addf(out, "status %d", exit->status);
}

void describe_processes(struct ct_strbuf *out, const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_processes; i++) {
		const struct ct_process *p = &model->processes[i];
		int creator = pid_of(model, p->creator);

		ct_strbuf_addf(out, "process %d", p->pid);
		if (p->nspid != p->pid)
			ct_strbuf_addf(out, "→%d", p->nspid);
		ct_strbuf_addf(out, " %s %s", ct_role_name(p->role), p->comm);
		if (p->container >= 0)
			ct_strbuf_addf(out, " %s %s", p->inside ? "inside" : "for",
				       id_of(model, p->container));
		if (creator)
			ct_strbuf_addf(out, " by %d", creator);
		if (creator != p->ppid)
			ct_strbuf_addf(out, " child of %d", p->ppid);
		ct_strbuf_addc(out, '\n');
	}
}

static void add_namespaces(struct ct_strbuf *out, const struct ct_model *model,
			   const struct ct_container *c)
{
	for (int type = 0; type < CT_NS_TYPES; type++) {
		const struct ct_container_ns *ns = &c->ns[type];

		if (ns->how != CT_NS_SHARED)
			ct_strbuf_addf(out, "  %s %llu → %llu %s by %d\n",
				       ct_ns_name((enum ct_ns)type),
				       (unsigned long long)ns->from,
				       (unsigned long long)ns->to,
				       ct_ns_how_name(ns->how), pid_of(model, ns->by));
	}
}

static void add_cgroups(struct ct_strbuf *out, const struct ct_model *model,
			const struct ct_container *c)
{
	add_optional(out, "cgroup", c->cgroup);
	for (size_t i = 0; i < c->n_cgroup_changes; i++) {
		const struct ct_cgroup_change *change =
			&model->cgroup_changes[c->cgroup_changes[i]];

		ct_strbuf_addf(out, "  moved %d: %s → %s by %d, %d hierarchies %s\n",
			       pid_of(model, change->process), change->from, change->to,
			       pid_of(model, change->writer), change->n_hierarchies,
			       change->hierarchies);
	}
	for (size_t i = 0; i < c->n_limits; i++)
		ct_strbuf_addf(out, "  limit %s/%s = %s%s\n", c->limits[i].cgroup,
			       c->limits[i].file, c->limits[i].value,
			       c->limits[i].failed ? " failed" : "");
}

static void add_map(struct ct_strbuf *out, const char *name, const struct ct_id_map *map,
		    size_t n)
{
	for (size_t i = 0; i < n; i++)
		ct_strbuf_addf(out, "  %s %u %u %u\n", name, map[i].inside,
			       map[i].outside, map[i].length);
}

static void add_mounts(struct ct_strbuf *out, const struct ct_container *c)
{
	for (size_t i = 0; i < c->n_mounts; i++) {
		const struct ct_mount *m = &c->mounts[i];

		ct_strbuf_addf(out, "  mount %s", m->target);
		if (*m->type)
			ct_strbuf_addf(out, " type %s", m->type);
		if (*m->source)
			ct_strbuf_addf(out, " from %s", m->source);
		if (*m->flags)
			ct_strbuf_addf(out, " (%s)", m->flags);
		if (*m->propagation)
			ct_strbuf_addf(out, " %s", m->propagation);
		if (*m->data)
			ct_strbuf_addf(out, " data %s", m->data);
		ct_strbuf_adds(out, m->outside ? " outside\n" : "\n");
	}
}

/* Without what depends on which calls libseccomp has names for. */
static void add_seccomp(struct ct_strbuf *out, const struct ct_seccomp *seccomp)
{
	ct_strbuf_addf(out, "  filters %zu: %s\n", seccomp->n_filters,
		       seccomp->default_answer);
	for (size_t i = 0; i < seccomp->n_calls; i++)
		if (seccomp->calls[i].verdict == CT_VERDICT_CONDITIONAL)
			ct_strbuf_addf(out, "  %s: %s\n", seccomp->calls[i].name,
				       seccomp->calls[i].answer);
}

static void add_privileges(struct ct_strbuf *out, const struct ct_container *c)
{
	add_map(out, "uid", c->uid_map, c->n_uid_map);
	add_map(out, "gid", c->gid_map, c->n_gid_map);
	add_optional(out, "setgroups", c->setgroups);
	add_optional(out, "oom_score_adj", c->oom_score_adj);
	add_optional(out, "hostname", c->hostname);
	for (size_t i = 0; i < c->n_rlimits; i++)
		ct_strbuf_addf(out, "  %s %llu %llu%s\n", c->rlimits[i].name,
			       (unsigned long long)c->rlimits[i].soft,
			       (unsigned long long)c->rlimits[i].hard,
			       c->rlimits[i].failed ? " failed" : "");
	if (c->has_caps)
		ct_strbuf_addf(out, "  capabilities %llx → %llx\n",
			       (unsigned long long)c->caps_before.effective,
			       (unsigned long long)c->caps.effective);
	if (c->seccomp_instructions >= 0)
		ct_strbuf_addf(out, "  seccomp %d\n", c->seccomp_instructions);
	if (c->seccomp)
		add_seccomp(out, c->seccomp);
	if (c->no_new_privs >= 0)
		ct_strbuf_addf(out, "  no_new_privs %d\n", c->no_new_privs);
}

static void add_container(struct ct_strbuf *out, const struct ct_model *model,
			  const struct ct_container *c)
{
	ct_strbuf_addf(out, "container %s\n", c->id);
	add_optional(out, "engine", c->engine);
	ct_strbuf_addf(out, "  runtime %s %d\n", c->runtime,
		       pid_of(model, c->runtime_process));
	if (c->monitor >= 0)
		ct_strbuf_addf(out, "  monitor %d\n", pid_of(model, c->monitor));
	add_optional(out, "bundle", c->bundle);
	add_optional(out, "rootfs", c->rootfs);
	add_optional(out, "root by", c->pivot);
	if (c->init >= 0)
		ct_strbuf_addf(out, "  init %d → %d\n", c->init_pid, c->init_nspid);
	if (c->payload >= 0) {
		ct_strbuf_addf(out, "  payload %d %s ", pid_of(model, c->payload),
			       model->processes[c->payload].execs[c->payload_exec].path);
		add_exit(out, &c->exit);
		ct_strbuf_addc(out, '\n');
	}
	add_namespaces(out, model, c);
	add_cgroups(out, model, c);
	add_privileges(out, c);
	add_mounts(out, c);
}

void describe_containers(struct ct_strbuf *out, const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_containers; i++)
		add_container(out, model, &model->containers[i]);
}

/* How many calls a filter denies depends on which ones libseccomp has names for. */
static bool depends_on_names(const struct ct_model *model, const struct ct_phase *p)
{
	return p->step == CT_STEP_SECCOMP && p->container >= 0 &&
	       model->containers[p->container].seccomp;
}

void describe_phases(struct ct_strbuf *out, const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_phases; i++) {
		const struct ct_phase *p = &model->phases[i];

		ct_strbuf_addf(out, "%s%s ", p->step ? "  " : "phase ", p->name);
		add_time(out, p->start_ns);
		ct_strbuf_adds(out, "–");
		add_time(out, p->end_ns);
		if (p->step) {
			ct_strbuf_adds(out, " busy ");
			add_time(out, p->busy_ns);
		}
		ct_strbuf_addf(out, " of %s by %d (%zu)", id_of(model, p->container),
			       pid_of(model, p->process), p->n_processes);
		if (*p->detail && !depends_on_names(model, p))
			ct_strbuf_addf(out, ": %s", p->detail);
		ct_strbuf_addc(out, '\n');
	}
}

void describe_findings(struct ct_strbuf *out, const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_findings; i++) {
		const struct ct_finding *f = &model->findings[i];

		ct_strbuf_addf(out, "%s %s at %ld: %s\n", f->severity, f->id, f->event,
			       f->title);
		for (size_t e = 0; e < f->n_evidence; e++)
			ct_strbuf_addf(out, "  %s\n", f->evidence[e]);
	}
}

void describe(struct ct_strbuf *out, const struct ct_model *model)
{
	describe_processes(out, model);
	describe_containers(out, model);
	describe_phases(out, model);
	describe_findings(out, model);
}
