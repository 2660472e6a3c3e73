/* SPDX-License-Identifier: MIT */
/* Who made a network namespace, gave it a name, and entered it. */
#include "network.h"

#include "call.h"
#include "cttrace/strbuf.h"

#include <string.h>

void network_bound(const struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	const struct ct_arg *source = ct_call_arg(call, "source");
	struct ct_network *network;

	if (!source || source->ns_type != CT_NS_NET || !source->ns_inode)
		return;
	network = network_of(f->m, source->ns_inode);
	network->path = ct_arena_strdup(&f->m->arena, ct_call_path(call, "target"));
	network->bound_by = f->process;
}

void network_roles(struct model *m)
{
	for (size_t i = 0; i < m->pub.n_net_requests; i++) {
		const struct ct_net_request *r = &m->pub.net_requests[i];
		struct ct_process *p = &m->pub.processes[r->process];

		/* anybody may listen */
		if (!r->port && p->role == CT_ROLE_UNKNOWN && r->process != m->pub.root &&
		    !m->tasks[m->states[r->process].leader].inside)
			p->role = CT_ROLE_NETWORK;
	}
}

static void add_once(struct model *m, int **items, size_t *n, int item)
{
	for (size_t i = 0; i < *n; i++)
		if ((*items)[i] == item)
			return;
	*items = state_grow(&m->results, *items, *n, sizeof(**items));
	(*items)[(*n)++] = item;
}

static void add_change(struct model *m, const struct ct_ns_change *change, int process)
{
	struct ct_network *network = network_at(m, change->to, change->t_ns);

	if (!network)
		network = network_of(m, change->to);
	if (change->how == CT_NS_SETNS) {
		if (!network->host)
			add_once(m, &network->joined, &network->n_joined, process);
		return;
	}
	network->made_by = process;
	/* clone(2) is the creator's call, though its child is the first one inside */
	if (change->how == CT_NS_CLONE && m->pub.processes[process].creator >= 0)
		network->made_by = m->pub.processes[process].creator;
	network->made_ns = change->t_ns;
}

void network_settle(struct model *m)
{
	for (size_t i = 0; i < m->pub.n_networks; i++) {
		struct ct_network *network = &m->pub.networks[i];

		network->joined = network->containers = NULL;
		network->n_joined = network->n_containers = 0;
	}
	for (size_t i = 0; i < m->pub.n_processes; i++) {
		const struct ct_process *p = &m->pub.processes[i];

		for (size_t j = 0; j < p->n_ns_changes; j++)
			if (p->ns_changes[j].type == CT_NS_NET && p->ns_changes[j].to)
				add_change(m, &p->ns_changes[j], (int)i);
	}
	network_ports(m);
	for (size_t i = 0; i < m->pub.n_containers; i++) {
		const struct ct_container_ns *net = &m->pub.containers[i].ns[CT_NS_NET];
		struct ct_network *network = network_at(m, net->to, net->t_ns);

		if (network && net->to)
			add_once(m, &network->containers, &network->n_containers, (int)i);
	}
}

/* The bridge, or whatever else the other end of a pair is a port of. */
static void add_way_out(struct model *m, struct ct_strbuf *sb,
			const struct ct_net_interface *it, const char *on)
{
	int known = it->peer_net ? map_get(&m->networks, it->peer_net) : MAP_NONE;
	const struct ct_network *other;

	if (known < 0)
		return;
	other = &m->pub.networks[known];
	for (size_t i = other->n_interfaces; i-- > 0;) {
		const struct ct_net_interface *end = &other->interfaces[i];

		if (strcmp(end->name, it->peer) != 0)
			continue;
		if (*end->master)
			ct_strbuf_addf(sb, " %s %s", on, end->master);
		return;
	}
}

const char *network_summary(struct model *m, const struct ct_container_ns *net,
			    const char *on)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const struct ct_network *network = network_at(m, net->to, net->t_ns);

	for (size_t i = 0; network && i < network->n_interfaces; i++) {
		const struct ct_net_interface *it = &network->interfaces[i];

		if (!it->changed || !strcmp(it->name, "lo"))
			continue;
		ct_strbuf_addf(&sb, "%s%s", sb.len ? "; " : "", it->name);
		for (size_t j = 0; j < it->n_addresses; j++)
			ct_strbuf_addf(&sb, " %s", it->addresses[j]);
		add_way_out(m, &sb, it, on);
	}
	for (size_t i = 0; network && i < network->n_ports; i++)
		ct_strbuf_addf(&sb, "%s%s%s", sb.len ? "; " : "", i ? "" : "port ",
			       network->ports[i]);
	return ct_arena_strndup(&m->results, sb.data, sb.len);
}
