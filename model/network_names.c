/* SPDX-License-Identifier: MIT */
/* What links are called: names that the kernel has chosen, learned from what follows. */
#include "network.h"

#include "call.h"

#include <string.h>

/* "veth%d" of what was asked for becomes what the kernel made of it. */
static void tell_name(struct model *m, uint64_t net, const char *was, const char *name)
{
	for (size_t i = m->pub.n_net_requests; i-- > 0;) {
		struct ct_net_request *r = &m->pub.net_requests[i];
		const char *at = r->net == net ? strstr(r->words, was) : NULL;

		if (!at)
			continue;
		r->words = ct_arena_printf(&m->arena, "%.*s%s%s", (int)(at - r->words),
					   r->words, name, at + strlen(was));
		return;
	}
}

/* Something has another name than the one that it was asked to be made by. */
static void rename_link(struct model *m, uint64_t net, struct ct_net_interface *it,
			const char *name)
{
	struct ct_net_interface *peer = NULL;
	const char *was = it->name;

	if (it->peer_net)
		peer = network_interface(m, it->peer_net, it->peer, 0);
	if (peer && peer->peer_net == net && !strcmp(peer->peer, was))
		peer->peer = name;
	it->name = name;
	if (strstr(was, "%d"))
		tell_name(m, net, was, it->name);
}

/* "veth3" is a name that the kernel gives for "veth%d" */
static bool is_counted(const char *pattern, const char *name)
{
	const char *number = strstr(pattern, "%d");
	size_t len = number ? (size_t)(number - pattern) : 0;

	return number && !number[2] && !strncmp(pattern, name, len) && name[len] &&
	       strspn(name + len, "0123456789") == strlen(name + len);
}

/* A log of strace has only the name: the kernel has counted the last one that waits. */
static void named_by_log(struct model *m, uint64_t net, const char *name)
{
	struct ct_network *network = network_of(m, net);

	if (network_interface(m, net, name, 0))
		return;
	for (size_t i = network->n_interfaces; i-- > 0;)
		if (!network->interfaces[i].removed &&
		    is_counted(network->interfaces[i].name, name)) {
			rename_link(m, net, &network->interfaces[i], name);
			return;
		}
}

void network_named(struct model *m, uint64_t net, const struct ct_arg *message)
{
	const struct ct_arg *index = call_item(message, "ifi_index");
	struct ct_net_interface *it;

	if (!index)
		index = call_item(message, "ifa_index");
	if (!net || !index)
		return;
	if (index->type == CT_VALUE_STR && index->str && *index->str)
		named_by_log(m, net, index->str);
	if (index->type != CT_VALUE_INT || !index->path)
		return;
	it = network_interface(m, net, NULL, index->i);
	if (!it) {
		it = network_find_or_add(m, net, index->path, index->i);
		it->index = (int)index->i;
	}
	if (strcmp(it->name, index->path) != 0)
		rename_link(m, net, it, index->path);
}

void network_learn(struct model *m, uint64_t net, const struct ct_arg *message)
{
	int64_t index = network_number(message, "ifi_index");
	const char *name = network_text(message, "IFLA_IFNAME");
	struct ct_net_interface *it;

	if (!net || !*name || (index <= 0 && !*network_text(message, "ifi_index")))
		return;
	it = network_find_or_add(m, net, name, index);
	if (index)
		it->index = (int)index;
	/* of a tap(4) the kernel says "tun" */
	if (!*it->kind)
		it->kind = network_kind(message);
	/* a pair's ends tell each other's index */
	it = it->peer_net ? network_interface(m, it->peer_net, it->peer, 0) : NULL;
	if (it && !it->index)
		it->index = (int)network_number(message, "IFLA_LINK");
}
