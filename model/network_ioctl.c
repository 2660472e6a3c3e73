/* SPDX-License-Identifier: MIT */
/* Networks that are made with ioctl(2): what a request that was granted does. */
#include "network_ioctl.h"

#include "call.h"

#include <arpa/inet.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>

/* What the kernel gives an address until somebody says a mask: inet_abc_len(). */
static int prefix_of_class(const char *address, const struct ct_net_interface *it)
{
	struct in_addr bits = { 0 };
	uint32_t number;

	inet_pton(AF_INET, address, &bits);
	number = ntohl(bits.s_addr);
	/* from one point to another */
	if (!strcmp(it->kind, "tun"))
		return 32;
	if (number < 0x80000000)
		return 8;
	return number < 0xc0000000 ? 16 : 24;
}

static size_t first_ipv4(const struct ct_net_interface *it)
{
	size_t i = 0;

	while (i < it->n_addresses && strchr(it->addresses[i], ':'))
		i++;
	return i;
}

typedef void do_fn(const struct asking *a, struct ct_net_interface *it);

/*
 * The kernel takes the old one away: an interface has one address for this call. An alias
 * ("eth0:1", which is no interface) has another one.
 */
static void set_address(const struct asking *a, struct ct_net_interface *it)
{
	const char *address = asking_address(a, "ifr_addr");
	size_t old = first_ipv4(it);

	if (asking_ipv6(a)) {
		network_add_address(a->m, it, asking_ipv6_address(a));
		return;
	}
	if (old < it->n_addresses && !strchr(network_text(a->what, "ifr_name"), ':'))
		network_remove_address(it, it->addresses[old]);
	if (strcmp(address, "0.0.0.0") != 0)
		network_add_address(a->m, it,
				    ct_arena_printf(&a->m->arena, "%s/%d", address,
						    prefix_of_class(address, it)));
}

static void remove_address(const struct asking *a, struct ct_net_interface *it)
{
	network_remove_address(it, asking_ipv6_address(a));
}

static void set_mask(const struct asking *a, struct ct_net_interface *it)
{
	size_t at = first_ipv4(it);
	const char *address = at < it->n_addresses ? it->addresses[at] : "";

	if (*address)
		it->addresses[at] = ct_arena_printf(&a->m->arena, "%.*s/%d",
						    (int)strcspn(address, "/"), address,
						    asking_prefix(a, "ifr_netmask"));
}

static void set_flags(const struct asking *a, struct ct_net_interface *it)
{
	it->up = network_number(a->what, "ifr_flags") & IFF_UP;
}

static void set_mtu(const struct asking *a, struct ct_net_interface *it)
{
	it->mtu = network_number(a->what, "ifr_mtu");
}

static void set_name(const struct asking *a, struct ct_net_interface *it)
{
	it->name = network_text(a->what, "ifr_newname");
}

static void make_tun(const struct asking *a, struct ct_net_interface *it)
{
	it->kind = asking_tun_kind(a);
}

static void make_bridge(const struct asking *a, struct ct_net_interface *it)
{
	(void)a;
	it->kind = "bridge";
}

static void remove_bridge(const struct asking *a, struct ct_net_interface *it)
{
	(void)a;
	it->removed = true;
}

static void add_route(const struct asking *a, struct ct_net_interface *it)
{
	(void)it;
	network_add_route(a->m, a->net, asking_route(a));
}

static void remove_route(const struct asking *a, struct ct_net_interface *it)
{
	(void)it;
	network_remove_route(a->m, a->net, asking_route(a));
}

static void set_port(const struct asking *a, struct ct_net_interface *it)
{
	it->master = a->name;
}

static void free_port(const struct asking *a, struct ct_net_interface *it)
{
	(void)a;
	it->master = "";
}

/* -------- requests -------- */

/* Which interface it changes: the one that it names, or the one of an index. */
enum about { BY_NAME, BY_INDEX, NONE };

static const struct request {
	uint32_t number;
	const char *type;
	enum about about;
	say_fn *say;
	do_fn *done;
} requests[] = {
#define REQUEST(number, about, say, done)                     \
	{                                                     \
		(uint32_t)(number), #number, about, say, done \
	}
	REQUEST(TUNSETIFF, BY_NAME, say_tun, make_tun),
	REQUEST(SIOCADDRT, NONE, say_route, add_route),
	REQUEST(SIOCDELRT, NONE, say_route_removed, remove_route),
	REQUEST(SIOCSIFFLAGS, BY_NAME, say_flags, set_flags),
	REQUEST(SIOCSIFADDR, BY_NAME, say_address, set_address),
	REQUEST(SIOCDIFADDR, BY_NAME, say_address_removed, remove_address),
	REQUEST(SIOCSIFNETMASK, BY_NAME, say_mask, set_mask),
	REQUEST(SIOCSIFMTU, BY_NAME, say_mtu, set_mtu),
	REQUEST(SIOCSIFNAME, BY_NAME, say_name, set_name),
	REQUEST(SIOCBRADDBR, BY_NAME, say_bridge, make_bridge),
	REQUEST(SIOCBRDELBR, BY_NAME, say_bridge_removed, remove_bridge),
	REQUEST(SIOCBRADDIF, BY_INDEX, say_port, set_port),
	REQUEST(SIOCBRDELIF, BY_INDEX, say_port_removed, free_port),
#undef REQUEST
};

static uint32_t number_of(const struct feed *f)
{
	return (uint32_t)ct_call_int(&f->event->call, "request", 0);
}

static const struct request *find(uint32_t number)
{
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
		if (requests[i].number == number)
			return &requests[i];
	return NULL;
}

static int64_t index_of(const struct asking *a)
{
	static const char *const fields[] = { "ifr_ifindex", "ifr6_ifindex",
					      "rtmsg_ifindex" };
	int64_t index = 0;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]) && !index; i++)
		index = network_number(a->what, fields[i]);
	return index;
}

/* Where the interface has a name in the struct, and what it is called otherwise. */
static const char *name_of(const struct asking *a)
{
	static const char *const fields[] = { "ifr_name", "name", "rt_dev" };
	const char *name = "";
	int64_t index = index_of(a);

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]) && !*name; i++)
		name = network_text(a->what, fields[i]);
	if (!*name && index)
		return network_name(a->m, a->net, index);
	return ct_arena_strndup(&a->m->arena, name, strcspn(name, ":"));
}

static void asked(struct feed *f, int error)
{
	const struct request *row = find(number_of(f));
	struct asking a = { .m = f->m,
			    .what = ct_call_arg(&f->event->call, "argp"),
			    .net = network_asked(f) };
	CT_CLEANUP_STRBUF struct ct_strbuf words = CT_STRBUF_INIT;
	struct ct_net_interface *it = NULL;
	struct ct_net_request *r;

	a.name = name_of(&a);
	row->say(&a, &words);
	r = push(f->m, f->m->pub.net_requests, f->m->pub.n_net_requests);
	*r = (struct ct_net_request){
		.t_ns = f->event->t_ns,
		.event = f->index,
		.answer = (long)f->index,
		.process = f->process,
		.net = a.net,
		.by_ioctl = true,
		.type = row->type,
		.words = ct_arena_strdup(&f->m->arena, words.data),
		.error = error,
		.message = "",
	};
	if (error)
		return;
	if (row->about != NONE) {
		bool by_index = row->about == BY_INDEX || asking_ipv6(&a);

		it = network_find_or_add(f->m, a.net, by_index ? NULL : a.name,
					 index_of(&a));
		network_touch(it, r);
	}
	row->done(&a, it);
}

static void granted(struct feed *f)
{
	asked(f, 0);
}

static void refused(struct feed *f)
{
	asked(f, f->event->call.error);
}

/* SIOCGIFINDEX: how bridges call their ports. */
static void learned(struct feed *f)
{
	const struct ct_arg *what = ct_call_arg(&f->event->call, "argp");
	const char *name = network_text(what, "ifr_name");

	if (*name)
		network_find_or_add(f->m, network_asked(f), name, 0)->index =
			(int)network_number(what, "ifr_ifindex");
}

const struct rule *network_for_ioctl(const struct feed *f)
{
	static const struct rule change = { .tags = 1u << CT_TAG_NETWORK,
					    .step = CT_STEP_NETWORK,
					    .apply = granted,
					    .apply_failed = refused };
	static const struct rule question = { .apply = learned };

	if (number_of(f) == SIOCGIFINDEX)
		return &question;
	return find(number_of(f)) ? &change : NULL;
}
