/* SPDX-License-Identifier: MIT */
/* Aspects of a container: who it is, and what it may do. */
#include "aspect.h"

#include "label.h"

#include <string.h>

static const struct ct_isolation *isolation(const struct facet *f, const char *aspect)
{
	for (size_t i = 0; i < f->container->n_isolation; i++)
		if (!strcmp(f->container->isolation[i].aspect, aspect))
			return &f->container->isolation[i];
	return NULL;
}

static void add_isolation(struct facet *f, const char *name, const char *aspect)
{
	const struct ct_isolation *row = isolation(f, aspect);

	if (row)
		facet_add(f, name, row->state);
}

void facet_program(struct facet *f)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const struct ct_container *c = f->container;
	const struct ct_exec *exec;

	if (c->payload < 0 || c->payload_exec < 0) {
		facet_add(f, "", "never ran");
		return;
	}
	exec = &f->model->processes[c->payload].execs[c->payload_exec];
	ct_label_command(&sb, exec->argv, exec->argc, false);
	facet_add(f, "", sb.data);
}

void facet_program_end(struct facet *f)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const struct ct_container *c = f->container;

	f->unknown = c->exit.status < 0 && !c->exit.signal;
	ct_label_exit(&sb, &c->exit);
	facet_add(f, "", sb.data);
}

void facet_makers(struct facet *f)
{
	facet_add(f, "engine", f->container->engine);
	facet_add(f, "runtime", f->container->runtime);
}

/* Clone or unshare is the runtime's choice; whether it is its own is what counts. */
void facet_namespaces(struct facet *f)
{
	static const char *const words[] = { [CT_NS_SHARED] = "the host's",
					     [CT_NS_CLONE] = "its own",
					     [CT_NS_UNSHARE] = "its own",
					     [CT_NS_SETNS] = "joined" };
	size_t own = 0;

	for (enum ct_ns type = 0; type < CT_NS_TYPES; type++) {
		enum ct_ns_how how = f->container->ns[type].how;

		own += how != CT_NS_SHARED;
		facet_add(f, ct_ns_name(type), words[how]);
	}
	facet_summary(f, "%zu not the host's", own);
}

void facet_user(struct facet *f)
{
	add_isolation(f, "", "user");
	f->unknown = !f->container->has_caps;
}

static void add_map(struct facet *f, const char *name, const struct ct_id_map *map,
		    size_t n)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	for (size_t i = 0; i < n; i++)
		ct_strbuf_addf(&sb, "%s%u → %u ×%u", i ? ", " : "", map[i].inside,
			       map[i].outside, map[i].length);
	if (n)
		facet_add(f, name, sb.data);
}

void facet_id_maps(struct facet *f)
{
	const struct ct_container *c = f->container;

	facet_summary(f, c->n_uid_map || c->n_gid_map ? "mapped" : "none");
	add_map(f, "users", c->uid_map, c->n_uid_map);
	add_map(f, "groups", c->gid_map, c->n_gid_map);
	if (*c->setgroups)
		facet_add(f, "setgroups", c->setgroups);
}

/* Their value: in which of its sets it is. */
void facet_capabilities(struct facet *f)
{
	const struct ct_caps *caps = &f->container->caps;
	const struct {
		const char *name;
		uint64_t bits;
	} sets[] = { { "effective", caps->effective },
		     { "permitted", caps->permitted },
		     { "bounding", caps->bounding },
		     { "inheritable", caps->inheritable },
		     { "ambient", caps->ambient } };
	size_t effective = 0;

	if (!f->container->has_caps) {
		f->unknown = true;
		return;
	}
	for (unsigned int bit = 0; ct_cap_name(bit); bit++) {
		CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

		effective += caps->effective >> bit & 1;
		for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++)
			if (sets[i].bits >> bit & 1)
				ct_strbuf_addf(&sb, "%s%s", sb.len ? ", " : "",
					       sets[i].name);
		if (sb.len)
			facet_add(f, ct_cap_name(bit), sb.data);
	}
	facet_summary(f, "%zu", effective);
}

void facet_no_new_privs(struct facet *f)
{
	static const char *const words[] = { "not known", "off", "on" };

	f->unknown = f->container->no_new_privs < 0;
	facet_add(f, "", words[f->container->no_new_privs + 1]);
}

/* Calls that are not simply allowed. */
void facet_seccomp(struct facet *f)
{
	const struct ct_seccomp *seccomp = f->container->seccomp;
	size_t denied = 0;

	if (!seccomp) {
		f->unknown = f->container->payload_ns < 0;
		if (f->container->seccomp_instructions < 0)
			facet_summary(f, "no filter");
		else
			facet_summary(f, "%d instructions",
				      f->container->seccomp_instructions);
		return;
	}
	for (size_t i = 0; i < seccomp->n_calls; i++) {
		if (seccomp->calls[i].verdict == CT_VERDICT_ALLOW)
			continue;
		denied += seccomp->calls[i].verdict < CT_VERDICT_LOG;
		facet_add(f, seccomp->calls[i].name, seccomp->calls[i].answer);
	}
	facet_summary(f, "denies %zu of %zu calls", denied, seccomp->n_calls);
}

void facet_lsm(struct facet *f)
{
	facet_add(f, "", *f->container->lsm ? f->container->lsm : "none set");
}

/* What it tried, and what came of it. */
void facet_walls(struct facet *f)
{
	for (size_t i = 0; i < f->container->n_walls; i++) {
		const struct ct_wall *wall = &f->container->walls[i];

		facet_addf(f, wall->what, "%s%s%s%s", ct_outcome_name(wall->outcome),
			   *wall->reason ? " (" : "", wall->reason,
			   *wall->reason ? ")" : "");
	}
	if (f->container->n_walls)
		facet_summary(f, "%zu things", f->container->n_walls);
}
