/* SPDX-License-Identifier: MIT */
/* Networks on paper: what granted requests have made of links, addresses and routes. */
#include "network.h"

#include "call.h"

#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

struct ct_network *network_made(struct model *m, uint64_t inode, int64_t made_ns)
{
	struct ct_network *network = push(m, m->pub.networks, m->pub.n_networks);

	*network = (struct ct_network){
		.inode = inode,
		.older = map_get(&m->networks, inode),
		.host = inode && inode == m->host_ns[CT_NS_NET],
		.made_by = -1,
		.made_ns = made_ns,
		.path = "",
		.bound_by = -1,
	};
	map_put(&m->networks, inode, (int)m->pub.n_networks - 1);
	return network;
}

struct ct_network *network_of(struct model *m, uint64_t inode)
{
	int known = map_get(&m->networks, inode);

	return known < 0 ? network_made(m, inode, -1) : &m->pub.networks[known];
}

struct ct_network *network_at(const struct model *m, uint64_t inode, int64_t t_ns)
{
	int at = map_get(&m->networks, inode);

	while (at >= 0 && m->pub.networks[at].older >= 0 &&
	       m->pub.networks[at].made_ns > t_ns)
		at = m->pub.networks[at].older;
	return at < 0 ? NULL : &m->pub.networks[at];
}

struct ct_net_interface *network_interface(struct model *m, uint64_t net,
					   const char *name, int64_t index)
{
	struct ct_network *network = net ? network_of(m, net) : NULL;

	for (size_t i = network ? network->n_interfaces : 0; i-- > 0;) {
		struct ct_net_interface *it = &network->interfaces[i];

		if (!it->removed && (name && *name ? !strcmp(it->name, name)
						   : index && it->index == index))
			return it;
	}
	return NULL;
}

static struct ct_net_interface *add_interface(struct model *m, uint64_t net,
					      const char *name)
{
	struct ct_network *network = network_of(m, net);
	struct ct_net_interface *it = push(m, network->interfaces, network->n_interfaces);

	*it = (struct ct_net_interface){
		.name = name, .kind = "", .peer = "", .master = "", .by = -1
	};
	return it;
}

struct ct_net_interface *network_find_or_add(struct model *m, uint64_t net,
					     const char *name, int64_t index)
{
	struct ct_net_interface *it = network_interface(m, net, name, index);

	if (it)
		return it;
	it = add_interface(m, net, name && *name ? name : network_name(m, net, index));
	it->index = (int)index;
	return it;
}

/* A log of strace says a link's name where a message has its index. */
static struct ct_net_interface *meant(struct model *m, uint64_t net,
				      const struct ct_arg *message, const char *index,
				      const char *name)
{
	int64_t number = network_number(message, index);

	if (*network_text(message, index))
		name = network_text(message, index);
	return network_find_or_add(m, net, number ? NULL : name, number);
}

void network_touch(struct ct_net_interface *it, const struct ct_net_request *r)
{
	it->changed = true;
	if (it->by < 0)
		it->by = r->process;
}

static void set_link(struct model *m, const struct ct_net_request *r, uint64_t net,
		     struct ct_net_interface *it, const struct ct_arg *message)
{
	const struct ct_arg *master = call_item(message, "IFLA_MASTER");
	int64_t mtu = network_number(message, "IFLA_MTU");

	network_touch(it, r);
	if (mtu)
		it->mtu = mtu;
	if (master)
		it->master = network_meant(m, net, message, "IFLA_MASTER");
	if (network_number(message, "ifi_change") & IFF_UP ||
	    network_number(message, "ifi_flags") & IFF_UP)
		it->up = network_number(message, "ifi_flags") & IFF_UP;
}

/* Its addresses and its index stay behind. */
static void move(struct model *m, const struct ct_net_request *r,
		 struct ct_net_interface *it, uint64_t to, const char *name)
{
	struct ct_net_interface moved = *it;
	struct ct_net_interface *there;

	/* Docker gives it another name before it takes it away, as which nobody knew it
	 */
	if (it->addressed)
		it->name = it->addressed;
	it->removed = true;
	there = add_interface(m, to, *name ? name : moved.name);
	there->kind = moved.kind;
	there->peer = moved.peer;
	there->peer_net = moved.peer_net;
	there->mtu = moved.mtu;
	there->from = r->net;
	network_touch(there, r);
}

static void new_link(struct model *m, const struct ct_net_request *r,
		     const struct ct_arg *message)
{
	const struct ct_arg *peer = network_peer(message);
	const char *name = network_new_name(m, message);
	const char *peer_name = network_new_name(m, peer);
	uint64_t net = network_target(message) ? network_target(message) : r->net;
	uint64_t peer_net = network_target(peer) ? network_target(peer) : r->net;
	struct ct_net_interface *it = network_find_or_add(m, net, name, 0);

	it->kind = network_kind(message);
	it->peer = peer_name;
	it->peer_net = peer ? peer_net : 0;
	it->from = net != r->net ? r->net : 0;
	set_link(m, r, r->net, it, message);
	if (!peer)
		return;
	if (!*peer_name)
		peer_name = "veth%d";
	it = network_find_or_add(m, peer_net, peer_name, 0);
	it->kind = network_kind(message);
	it->peer = name;
	it->peer_net = net;
	it->from = peer_net != r->net ? r->net : 0;
	set_link(m, r, peer_net, it, peer);
}

static void apply_link(struct model *m, const struct ct_net_request *r,
		       const struct ct_arg *message)
{
	int64_t index = network_number(message, "ifi_index");
	const char *name = network_text(message, "IFLA_IFNAME");
	struct ct_net_interface *it;

	if (*network_kind(message) && !index && !*network_text(message, "ifi_index")) {
		new_link(m, r, message);
		return;
	}
	it = meant(m, r->net, message, "ifi_index", name);
	set_link(m, r, r->net, it, message);
	if (network_target(message) && network_target(message) != r->net)
		move(m, r, it, network_target(message), name);
	else if (*name)
		it->name = name;
}

static void apply_link_removed(struct model *m, const struct ct_net_request *r,
			       const struct ct_arg *message)
{
	struct ct_net_interface *it = meant(m, r->net, message, "ifi_index",
					    network_text(message, "IFLA_IFNAME"));
	struct ct_net_interface *peer = NULL;

	network_touch(it, r);
	it->removed = true;
	/* a pair goes together */
	if (it->peer_net)
		peer = network_interface(m, it->peer_net, it->peer, 0);
	if (peer)
		peer->removed = true;
}

static size_t find_text(const char *const *texts, size_t n, const char *text)
{
	size_t i = 0;

	while (i < n && strcmp(texts[i], text) != 0)
		i++;
	return i;
}

static void remove_text(const char **texts, size_t *n, const char *text)
{
	size_t at = find_text(texts, *n, text);

	if (at < *n)
		memmove(&texts[at], &texts[at + 1], (--*n - at) * sizeof(*texts));
}

void network_add_address(struct model *m, struct ct_net_interface *it, const char *text)
{
	it->addressed = it->name;
	if (find_text(it->addresses, it->n_addresses, text) == it->n_addresses)
		*push(m, it->addresses, it->n_addresses) = text;
}

void network_remove_address(struct ct_net_interface *it, const char *text)
{
	remove_text(it->addresses, &it->n_addresses, text);
}

void network_add_route(struct model *m, uint64_t net, const char *text)
{
	struct ct_network *network = network_of(m, net);

	if (find_text(network->routes, network->n_routes, text) == network->n_routes)
		*push(m, network->routes, network->n_routes) = text;
}

void network_remove_route(struct model *m, uint64_t net, const char *text)
{
	struct ct_network *network = network_of(m, net);

	remove_text(network->routes, &network->n_routes, text);
}

static void apply_address(struct model *m, const struct ct_net_request *r,
			  const struct ct_arg *message)
{
	struct ct_net_interface *it = meant(m, r->net, message, "ifa_index", "");

	network_touch(it, r);
	network_add_address(m, it, network_address(m, message));
}

static void apply_address_removed(struct model *m, const struct ct_net_request *r,
				  const struct ct_arg *message)
{
	struct ct_net_interface *it = meant(m, r->net, message, "ifa_index", "");

	network_touch(it, r);
	network_remove_address(it, network_address(m, message));
}

static void apply_route(struct model *m, const struct ct_net_request *r,
			const struct ct_arg *message)
{
	network_add_route(m, r->net, network_route(m, r->net, message));
}

static void apply_route_removed(struct model *m, const struct ct_net_request *r,
				const struct ct_arg *message)
{
	network_remove_route(m, r->net, network_route(m, r->net, message));
}

void network_apply(struct model *m, const struct ct_net_request *request,
		   const struct ct_arg *message)
{
	static const struct {
		int64_t type;
		void (*apply)(struct model *m, const struct ct_net_request *r,
			      const struct ct_arg *message);
	} rows[] = {
		{ RTM_NEWLINK, apply_link },
		{ RTM_SETLINK, apply_link },
		{ RTM_DELLINK, apply_link_removed },
		{ RTM_NEWADDR, apply_address },
		{ RTM_DELADDR, apply_address_removed },
		{ RTM_NEWROUTE, apply_route },
		{ RTM_DELROUTE, apply_route_removed },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		/* which of the networks that are not known it changes is not known,
		 * either */
		if (request->net && rows[i].type == network_number(message, "nlmsg_type"))
			rows[i].apply(m, request, message);
}
