/* SPDX-License-Identifier: MIT */
/*
 * Ports of the host that lead into a network: what iptables(8) is told (netavark, CNI
 * plug-ins, Docker), whatever that says to the kernel, and who forwards them himself.
 */
#include "network_forward.h"

#include "command.h"

#include <string.h>

struct forward {
	const char *target; /* option that must be "DNAT"; NULL: always */
	const char *protocol[2], *port[2], *address, *to_port;
};

static const struct forward forwards[] = {
	{ "-j",
	  { "-p", "--protocol" },
	  { "--dport", "--destination-port" },
	  "--to-destination",
	  NULL },
	{ NULL, { "-proto" }, { "-host-port" }, "-container-ip", "-container-port" },
};

static bool adds_a_rule(const struct ct_exec *exec)
{
	static const char *const words[] = { "-A", "-I", "--append", "--insert" };

	for (size_t i = 1; i < exec->argc; i++)
		for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
			if (!strcmp(exec->argv[i], words[k]))
				return true;
	return false;
}

static const char *option_of(const struct ct_exec *exec, const char *const names[2])
{
	const char *value = command_option(exec, names[0]);

	return value || !names[1] ? value : command_option(exec, names[1]);
}

/* Has one of its interfaces this address, "10.88.0.5" of "10.88.0.5:80"? */
static bool has_address(const struct ct_network *network, const char *address)
{
	size_t len = strcspn(address, ":");

	for (size_t i = 0; i < network->n_interfaces; i++) {
		const struct ct_net_interface *it = &network->interfaces[i];

		for (size_t j = 0; j < it->n_addresses; j++)
			if (!strncmp(it->addresses[j], address, len) &&
			    it->addresses[j][len] == '/')
				return true;
	}
	return false;
}

/* One port of the host that leads in, and how. */
struct way_in {
	struct ct_network *network;
	const char *words; /* "8080/tcp → 10.88.0.5:80" */
	bool rule;         /* by a packet filter */
	int through;       /* the process that forwards it; -1 */
};

struct ways {
	struct model *m;
	struct way_in *items;
	size_t n;
};

struct ct_network *network_with_address(struct model *m, const char *address)
{
	for (size_t i = 0; i < m->pub.n_networks; i++)
		if (!m->pub.networks[i].host && has_address(&m->pub.networks[i], address))
			return &m->pub.networks[i];
	return NULL;
}

static void add_way(struct ways *w, const struct way_in *way)
{
	for (size_t i = 0; way->network && i < w->n; i++) {
		struct way_in *known = &w->items[i];

		if (known->network != way->network ||
		    strcmp(known->words, way->words) != 0)
			continue;
		known->rule |= way->rule;
		if (known->through < 0)
			known->through = way->through;
		return;
	}
	if (!way->network)
		return;
	w->items = state_grow(&w->m->results, w->items, w->n, sizeof(*w->items));
	w->items[w->n++] = *way;
}

static void read_command(struct ways *w, int process, const struct ct_exec *exec)
{
	for (size_t i = 0; i < sizeof(forwards) / sizeof(forwards[0]); i++) {
		const struct forward *f = &forwards[i];
		const char *target = f->target ? command_option(exec, f->target) : NULL;
		const char *protocol = option_of(exec, f->protocol);
		const char *port = option_of(exec, f->port);
		const char *address = command_option(exec, f->address);
		const char *to = f->to_port ? command_option(exec, f->to_port) : "";

		if (!protocol || !port || !address || !to)
			continue;
		if (f->target &&
		    (!target || strcmp(target, "DNAT") != 0 || !adds_a_rule(exec)))
			continue;
		add_way(w, &(struct way_in){
				   .network = network_with_address(w->m, address),
				   .words = ct_arena_printf(
					   &w->m->results, "%s/%s → %s%s%s", port,
					   protocol, address, f->to_port ? ":" : "", to),
				   .rule = f->target,
				   .through = f->target ? -1 : process,
			   });
	}
}

static void read_commands(struct ways *w)
{
	const struct model *m = w->m;

	for (size_t i = 0; i < m->pub.n_processes; i++) {
		const struct ct_process *p = &m->pub.processes[i];
		/* a forwarder is ended by a signal, once its container has */
		bool failed = p->exited_ns >= 0 &&
			      (p->exit.status ||
			       (p->exit.signal && p->role == CT_ROLE_FIREWALL));

		if ((p->role != CT_ROLE_FIREWALL && p->role != CT_ROLE_NETWORK) || failed)
			continue;
		for (size_t j = 0; j < p->n_execs; j++)
			read_command(w, (int)i, &p->execs[j]);
	}
}

static void follow_listener(struct ways *w, const struct ct_net_request *r)
{
	struct forward_target to = network_forward(w->m, r);
	struct way_in way = { .through = r->process };

	if (!to.net)
		return;
	if (to.port && *to.address)
		way.words = ct_arena_printf(&w->m->results, "%d/%s → %s:%d", r->port,
					    r->protocol, to.address, to.port);
	else
		way.words =
			ct_arena_printf(&w->m->results, "%d/%s", r->port, r->protocol);
	way.network = network_of(w->m, to.net);
	add_way(w, &way);
}

static const char *way_words(struct model *m, const struct way_in *way)
{
	const struct ct_process *p;

	if (way->through < 0)
		return way->words;
	p = &m->pub.processes[way->through];
	return ct_arena_printf(
		&m->results, "%s, %sthrough %s %d", way->words, way->rule ? "also " : "",
		p->n_execs ? state_basename(p->execs[p->n_execs - 1].path) : p->comm,
		p->pid);
}

static void tell(struct model *m, const struct way_in *way)
{
	struct ct_network *network = way->network;

	network->ports = state_grow(&m->results, network->ports, network->n_ports,
				    sizeof(*network->ports));
	network->ports[network->n_ports++] = way_words(m, way);
}

void network_ports(struct model *m)
{
	struct ways w = { .m = m };

	for (size_t i = 0; i < m->pub.n_networks; i++) {
		m->pub.networks[i].ports = NULL;
		m->pub.networks[i].n_ports = 0;
	}
	read_commands(&w);
	for (size_t i = 0; i < m->pub.n_net_requests; i++)
		if (m->pub.net_requests[i].port && !m->pub.net_requests[i].error)
			follow_listener(&w, &m->pub.net_requests[i]);
	for (size_t i = 0; i < w.n; i++)
		tell(m, &w.items[i]);
}
