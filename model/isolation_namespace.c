/* SPDX-License-Identifier: MIT */
/* The rows about namespaces: its own, the host's, or somebody else's. */
#include "isolation.h"

#include "network.h"
#include "site.h"

/* "eth0 10.88.0.5/16 through bridge podman0; podman made it" */
static void add_interfaces(const struct looking *l, const struct ct_container_ns *net)
{
	const char *words = network_summary(l->m, net, "through bridge");

	if (*words)
		l->out->detail = *l->out->detail ? ct_arena_printf(l->arena, "%s; %s",
								   words, l->out->detail)
						 : words;
}

/* A container of the trace that has it of its own; NULL. */
static const struct ct_container *owner_of(const struct looking *l, enum ct_ns type)
{
	uint64_t inode = l->c->ns[type].to;

	for (size_t i = 0; inode && i < l->m->n_sites; i++) {
		const struct ct_container *c = l->m->sites[i].container < 0
						       ? NULL
						       : site_container(l->m, (int)i);

		if (c && c != l->c && c->ns[type].to == inode &&
		    (c->ns[type].how == CT_NS_CLONE || c->ns[type].how == CT_NS_UNSHARE))
			return c;
	}
	return NULL;
}

/* Whose it was before this container joined it. */
static const char *former_of(const struct looking *l, enum ct_ns type)
{
	const struct ct_container_ns *ns = &l->c->ns[type];
	const struct ct_container *owner = owner_of(l, type);

	if (owner)
		return ct_arena_printf(l->arena, "that of container %.12s", owner->id);
	if (map_get(&l->m->ns_makers, ns->to) == MAP_NONE)
		return "it was there before the trace";
	if (ns->by < 0)
		return "";
	return ct_arena_printf(l->arena, "%s made it", l->m->pub.processes[ns->by].comm);
}

void isolation_namespace(const struct looking *l)
{
	static const char *const states[] = {
		[CT_NS_SHARED] = "shared with the host",
		[CT_NS_CLONE] = "private",
		[CT_NS_UNSHARE] = "private",
		[CT_NS_SETNS] = "joined",
	};
	const struct ct_container_ns *ns = &l->c->ns[l->argument];

	l->out->state = states[ns->how];
	l->out->open = ns->how == CT_NS_SHARED && l->argument != CT_NS_TIME;
	if (ns->how == CT_NS_SETNS)
		l->out->detail = former_of(l, (enum ct_ns)l->argument);
	if (l->argument == CT_NS_NET && ns->how != CT_NS_SHARED)
		add_interfaces(l, ns);
}
