/* SPDX-License-Identifier: MIT */
/*
 * Ports of the host that lead into a network: what iptables(8) is told (netavark, CNI
 * plug-ins, Docker), and who forwards them himself (docker-proxy). It is in their command
 * lines, whatever they say to the kernel.
 */
#include "network.h"

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

static void add_port(struct model *m, const char *address, const char *words)
{
	for (size_t i = 0; i < m->pub.n_networks; i++) {
		struct ct_network *network = &m->pub.networks[i];

		if (network->host || !has_address(network, address))
			continue;
		for (size_t j = 0; j < network->n_ports; j++)
			if (!strcmp(network->ports[j], words))
				return;
		network->ports = state_grow(&m->results, network->ports, network->n_ports,
					    sizeof(*network->ports));
		network->ports[network->n_ports++] = words;
		return;
	}
}

static void read_command(struct model *m, const struct ct_exec *exec)
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
		add_port(m, address,
			 ct_arena_printf(&m->results, "%s/%s → %s%s%s", port, protocol,
					 address, f->to_port ? ":" : "", to));
	}
}

void network_ports(struct model *m)
{
	for (size_t i = 0; i < m->pub.n_networks; i++) {
		m->pub.networks[i].ports = NULL;
		m->pub.networks[i].n_ports = 0;
	}
	for (size_t i = 0; i < m->pub.n_processes; i++) {
		const struct ct_process *p = &m->pub.processes[i];
		bool failed = p->exited_ns >= 0 && (p->exit.status || p->exit.signal);

		if ((p->role != CT_ROLE_FIREWALL && p->role != CT_ROLE_NETWORK) || failed)
			continue;
		for (size_t j = 0; j < p->n_execs; j++)
			read_command(m, &p->execs[j]);
	}
}
