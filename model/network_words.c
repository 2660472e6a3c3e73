/* SPDX-License-Identifier: MIT */
/* Requests in words, as ip(8) would be told to do the same. */
#include "network.h"

#include "call.h"
#include "cttrace/strbuf.h"

#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

const char *network_kind(const struct ct_arg *message)
{
	return network_text(call_item(message, "IFLA_LINKINFO"), "IFLA_INFO_KIND");
}

const char *network_new_name(struct model *m, const struct ct_arg *message)
{
	const char *name = network_text(message, "IFLA_IFNAME");

	if (*name || !*network_kind(message))
		return name;
	return ct_arena_printf(&m->arena, "%s%%d", network_kind(message));
}

static const struct ct_arg *data_of(const struct ct_arg *message)
{
	return call_item(call_item(message, "IFLA_LINKINFO"), "IFLA_INFO_DATA");
}

const struct ct_arg *network_peer(const struct ct_arg *message)
{
	return call_item(data_of(message), "VETH_INFO_PEER");
}

uint64_t network_target(const struct ct_arg *message)
{
	const struct ct_arg *fd = call_item(message, "IFLA_NET_NS_FD");
	const struct ct_arg *pid = call_item(message, "IFLA_NET_NS_PID");

	if (fd)
		return fd->ns_inode;
	return pid ? pid->ns_inode : 0;
}

const char *network_name(struct model *m, uint64_t net, int64_t index)
{
	const struct ct_net_interface *i = network_interface(m, net, NULL, index);

	if (i)
		return i->name;
	/* the first one of every network namespace */
	if (index == 1)
		return "lo";
	return ct_arena_printf(&m->arena, "interface %lld", (long long)index);
}

const char *network_meant(struct model *m, uint64_t net, const struct ct_arg *message,
			  const char *index)
{
	/* strace writes if_nametoindex("eth0") */
	const char *name = network_text(message, index);
	int64_t number = network_number(message, index);

	return *name || !number ? name : network_name(m, net, number);
}

/* The link's own name, however the request says which one it means. */
static const char *name_of(struct model *m, uint64_t net, const struct ct_arg *message)
{
	const char *meant = network_meant(m, net, message, "ifi_index");

	return *meant ? meant : network_text(message, "IFLA_IFNAME");
}

static void add_target(struct ct_strbuf *sb, const struct ct_arg *message)
{
	const struct ct_arg *pid = call_item(message, "IFLA_NET_NS_PID");
	uint64_t target = network_target(message);

	if (target)
		ct_strbuf_addf(sb, " → net %llu", (unsigned long long)target);
	else if (pid)
		ct_strbuf_addf(sb, " → net of pid %lld", (long long)pid->i);
	else if (call_item(message, "IFLA_NET_NS_FD"))
		ct_strbuf_adds(sb, " → another net namespace");
}

/* "bridge podman0", "veth veth0 ⇄ eth0 → net 4026532289", "vlan br0.7 on br0, id 7" */
static void add_new_link(struct model *m, struct ct_strbuf *sb, uint64_t net,
			 const struct ct_arg *message)
{
	const struct ct_arg *peer = network_peer(message);
	const struct ct_arg *vlan = call_item(data_of(message), "IFLA_VLAN_ID");
	const char *under = network_meant(m, net, message, "IFLA_LINK");

	ct_strbuf_addf(sb, "%s %s", network_kind(message), network_new_name(m, message));
	if (peer) {
		ct_strbuf_addf(sb, " ⇄ %s", network_new_name(m, peer));
		add_target(sb, peer);
	} else if (*under) {
		ct_strbuf_addf(sb, " on %s", under);
	}
	if (vlan)
		ct_strbuf_addf(sb, ", id %lld", (long long)vlan->i);
	if (!peer)
		add_target(sb, message);
}

static void add_change(struct model *m, struct ct_strbuf *sb, uint64_t net,
		       const struct ct_arg *message)
{
	const struct ct_arg *master = call_item(message, "IFLA_MASTER");
	const char *old = name_of(m, net, message), *separator = "";
	const char *name = network_text(message, "IFLA_IFNAME");
	int64_t mtu = network_number(message, "IFLA_MTU");
	size_t start;

	ct_strbuf_adds(sb, old);
	start = sb->len;
	add_target(sb, message);
	if (*name && strcmp(name, old) != 0)
		ct_strbuf_addf(sb, " as %s", name);
	if (master) {
		const char *bridge = network_meant(m, net, message, "IFLA_MASTER");

		if (*bridge)
			ct_strbuf_addf(sb, " on %s", bridge);
		else
			ct_strbuf_adds(sb, " from its bridge");
		separator = ",";
	}
	if (mtu) {
		ct_strbuf_addf(sb, "%s mtu %lld", separator, (long long)mtu);
		separator = ",";
	}
	if (network_number(message, "ifi_change") & IFF_UP)
		ct_strbuf_addf(sb, "%s %s", separator,
			       network_number(message, "ifi_flags") & IFF_UP ? "up"
									     : "down");
	if (sb->len == start)
		ct_strbuf_adds(sb, ": other settings");
}

static const char *number_text(struct model *m, int64_t number)
{
	return ct_arena_printf(&m->arena, "%lld", (long long)number);
}

const char *network_address(struct model *m, const struct ct_arg *message)
{
	const char *address = network_text(message, "IFA_LOCAL");

	if (!*address)
		address = network_text(message, "IFA_ADDRESS");
	return ct_arena_printf(&m->arena, "%s/%s", address,
			       number_text(m, network_number(message, "ifa_prefixlen")));
}

const char *network_route(struct model *m, uint64_t net, const struct ct_arg *message)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	int64_t length = network_number(message, "rtm_dst_len");
	const char *out = network_meant(m, net, message, "RTA_OIF");
	const char *gateway = network_text(message, "RTA_GATEWAY");
	const struct ct_arg *type = call_item(message, "rtm_type");

	if (type && type->i != RTN_UNICAST && type->i != RTN_UNSPEC &&
	    !strncmp(type->text, "RTN_", 4))
		for (const char *c = type->text + 4; *c; c++)
			ct_strbuf_addc(&sb, (char)(*c | 0x20));
	ct_strbuf_adds(&sb, sb.len ? " " : "");
	if (length)
		ct_strbuf_addf(&sb, "%s/%lld", network_text(message, "RTA_DST"),
			       (long long)length);
	else
		ct_strbuf_adds(&sb, "default");
	if (*gateway)
		ct_strbuf_addf(&sb, " via %s", gateway);
	if (*out)
		ct_strbuf_addf(&sb, " dev %s", out);
	return ct_arena_strdup(&m->arena, sb.data);
}

static void say_link(struct model *m, struct ct_strbuf *sb, uint64_t net,
		     const struct ct_arg *message)
{
	if (*network_kind(message) && !*network_meant(m, net, message, "ifi_index"))
		add_new_link(m, sb, net, message);
	else
		add_change(m, sb, net, message);
}

static void say_link_removed(struct model *m, struct ct_strbuf *sb, uint64_t net,
			     const struct ct_arg *message)
{
	ct_strbuf_addf(sb, "remove %s", name_of(m, net, message));
}

static void add_of_interface(struct model *m, struct ct_strbuf *sb, uint64_t net,
			     const struct ct_arg *message)
{
	ct_strbuf_addf(sb, "addr %s on %s", network_address(m, message),
		       network_meant(m, net, message, "ifa_index"));
}

static void say_address(struct model *m, struct ct_strbuf *sb, uint64_t net,
			const struct ct_arg *message)
{
	add_of_interface(m, sb, net, message);
}

static void say_address_removed(struct model *m, struct ct_strbuf *sb, uint64_t net,
				const struct ct_arg *message)
{
	ct_strbuf_adds(sb, "remove ");
	add_of_interface(m, sb, net, message);
}

static void say_route(struct model *m, struct ct_strbuf *sb, uint64_t net,
		      const struct ct_arg *message)
{
	ct_strbuf_addf(sb, "route %s", network_route(m, net, message));
}

static void say_route_removed(struct model *m, struct ct_strbuf *sb, uint64_t net,
			      const struct ct_arg *message)
{
	ct_strbuf_addf(sb, "remove route %s", network_route(m, net, message));
}

static void say_neighbour(struct model *m, struct ct_strbuf *sb, uint64_t net,
			  const struct ct_arg *message)
{
	const char *address = network_text(message, "NDA_DST");

	if (!*address)
		address = network_text(message, "NDA_LLADDR");
	ct_strbuf_addf(sb, "neighbour %s on %s", address,
		       network_meant(m, net, message, "ndm_ifindex"));
}

const char *network_words(struct model *m, uint64_t net, const struct ct_arg *message)
{
	static const struct {
		int64_t type;
		void (*say)(struct model *m, struct ct_strbuf *sb, uint64_t net,
			    const struct ct_arg *message);
	} rows[] = {
		{ RTM_NEWLINK, say_link },
		{ RTM_SETLINK, say_link },
		{ RTM_DELLINK, say_link_removed },
		{ RTM_NEWADDR, say_address },
		{ RTM_DELADDR, say_address_removed },
		{ RTM_NEWROUTE, say_route },
		{ RTM_DELROUTE, say_route_removed },
		{ RTM_NEWNEIGH, say_neighbour },
	};
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const struct ct_arg *type = call_item(message, "nlmsg_type");

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].type == type->i) {
			rows[i].say(m, &sb, net, message);
			return ct_arena_strdup(&m->arena, sb.data);
		}
	return type->text;
}
