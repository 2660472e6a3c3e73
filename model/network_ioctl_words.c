/* SPDX-License-Identifier: MIT */
/* Requests by ioctl(2) in words, as ip(8) would be told to do the same. */
#include "network_ioctl.h"

#include "call.h"

#include <arpa/inet.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <net/route.h>

static const char *named(const struct asking *a, const char *field)
{
	return network_text(a->what, field);
}

const char *asking_address(const struct asking *a, const char *field)
{
	return network_text(call_item(a->what, field), "sin_addr");
}

bool asking_ipv6(const struct asking *a)
{
	return call_item(a->what, "ifr6_addr") || call_item(a->what, "rtmsg_dst");
}

const char *asking_ipv6_address(const struct asking *a)
{
	return ct_arena_printf(&a->m->arena, "%s/%lld", named(a, "ifr6_addr"),
			       (long long)network_number(a->what, "ifr6_prefixlen"));
}

int asking_prefix(const struct asking *a, const char *field)
{
	struct in_addr bits = { 0 };

	inet_pton(AF_INET, asking_address(a, field), &bits);
	return __builtin_popcount(bits.s_addr);
}

void say_address(const struct asking *a, struct ct_strbuf *sb)
{
	ct_strbuf_addf(sb, "addr %s on %s",
		       asking_ipv6(a) ? asking_ipv6_address(a)
				      : asking_address(a, "ifr_addr"),
		       a->name);
}

void say_address_removed(const struct asking *a, struct ct_strbuf *sb)
{
	ct_strbuf_adds(sb, "remove ");
	say_address(a, sb);
}

void say_mask(const struct asking *a, struct ct_strbuf *sb)
{
	ct_strbuf_addf(sb, "netmask /%d on %s", asking_prefix(a, "ifr_netmask"), a->name);
}

void say_flags(const struct asking *a, struct ct_strbuf *sb)
{
	ct_strbuf_addf(sb, "%s %s", a->name,
		       network_number(a->what, "ifr_flags") & IFF_UP ? "up" : "down");
}

void say_mtu(const struct asking *a, struct ct_strbuf *sb)
{
	ct_strbuf_addf(sb, "%s mtu %lld", a->name,
		       (long long)network_number(a->what, "ifr_mtu"));
}

void say_name(const struct asking *a, struct ct_strbuf *sb)
{
	ct_strbuf_addf(sb, "%s as %s", a->name, named(a, "ifr_newname"));
}

const char *asking_tun_kind(const struct asking *a)
{
	return network_number(a->what, "ifr_flags") & IFF_TAP ? "tap" : "tun";
}

void say_tun(const struct asking *a, struct ct_strbuf *sb)
{
	ct_strbuf_addf(sb, "%s %s", asking_tun_kind(a), a->name);
}

void say_bridge(const struct asking *a, struct ct_strbuf *sb)
{
	ct_strbuf_addf(sb, "bridge %s", a->name);
}

void say_bridge_removed(const struct asking *a, struct ct_strbuf *sb)
{
	ct_strbuf_addf(sb, "remove %s", a->name);
}

static const char *port(const struct asking *a)
{
	return network_name(a->m, a->net, network_number(a->what, "ifr_ifindex"));
}

void say_port(const struct asking *a, struct ct_strbuf *sb)
{
	ct_strbuf_addf(sb, "%s on %s", port(a), a->name);
}

void say_port_removed(const struct asking *a, struct ct_strbuf *sb)
{
	ct_strbuf_addf(sb, "%s from its bridge", port(a));
}

const char *asking_route(const struct asking *a)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	bool six = asking_ipv6(a);
	int64_t flags = network_number(a->what, six ? "rtmsg_flags" : "rt_flags");
	const char *to = six ? named(a, "rtmsg_dst") : asking_address(a, "rt_dst");
	const char *via =
		six ? named(a, "rtmsg_gateway") : asking_address(a, "rt_gateway");
	int length = six ? (int)network_number(a->what, "rtmsg_dst_len")
			 : asking_prefix(a, "rt_genmask");

	if (!six && (flags & RTF_HOST))
		length = 32;
	ct_strbuf_adds(&sb, flags & RTF_REJECT ? "unreachable " : "");
	if (length)
		ct_strbuf_addf(&sb, "%s/%d", to, length);
	else
		ct_strbuf_adds(&sb, "default");
	if (flags & RTF_GATEWAY)
		ct_strbuf_addf(&sb, " via %s", via);
	if (*a->name)
		ct_strbuf_addf(&sb, " dev %s", a->name);
	return ct_arena_strdup(&a->m->arena, sb.data);
}

void say_route(const struct asking *a, struct ct_strbuf *sb)
{
	ct_strbuf_addf(sb, "route %s", asking_route(a));
}

void say_route_removed(const struct asking *a, struct ct_strbuf *sb)
{
	ct_strbuf_addf(sb, "remove route %s", asking_route(a));
}
