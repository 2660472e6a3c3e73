/* SPDX-License-Identifier: MIT */
/* Requests over netlink: where they work, and which answer is whose. */
#include "story.h"
#include "test.h"

#include <errno.h>
#include <linux/if_tun.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

enum {
	HOST = 500,
	BOX = 600,
	SEND = 44,
	RECEIVE = 45,
	FLAGS = NLM_F_REQUEST | NLM_F_ACK
};

static struct ct_arg type(int64_t value, const char *name)
{
	struct ct_arg arg = story_number("nlmsg_type", value);

	arg.text = name;
	return arg;
}

/* A call with one message on descriptor 3. */
static void talk(struct story *s, long nr, struct ct_arg message)
{
	struct ct_arg list = story_fields(s, "buf", &message, 1);
	const struct ct_arg args[] = { story_number("sockfd", 3), list };
	struct ct_event *event = story_call(
		s, STORY_ROOT, nr == SEND ? "sendto" : "recvfrom", nr, args, 2);

	event->call.args[1].type = CT_VALUE_LIST;
	event->call.result = CT_RESULT_VALUE;
	event->call.ret = 40;
	ct_model_feed(s->model, event);
}

static void answer(struct story *s, int64_t seq, int64_t error, const char *message)
{
	talk(s, RECEIVE,
	     STORY_FIELDS(s, NULL, type(NLMSG_ERROR, "NLMSG_ERROR"),
			  story_number("nlmsg_seq", seq), story_number("error", error),
			  story_text("NLMSGERR_ATTR_MSG", message)));
}

static void ask_for_address(struct story *s, int64_t seq, const char *address)
{
	talk(s, SEND,
	     STORY_FIELDS(s, NULL, type(RTM_NEWADDR, "RTM_NEWADDR"),
			  story_number("nlmsg_flags", FLAGS),
			  story_number("nlmsg_seq", seq),
			  story_number("ifa_prefixlen", 24), story_number("ifa_index", 2),
			  story_text("IFA_LOCAL", address)));
}

static void make_socket(struct story *s)
{
	const struct ct_arg args[] = { story_number("domain", AF_NETLINK),
				       story_number("type", SOCK_RAW),
				       story_number("protocol", NETLINK_ROUTE) };
	struct ct_event *event = story_call(s, STORY_ROOT, "socket", 41, args, 3);

	event->call.result = CT_RESULT_VALUE;
	event->call.ret = 3;
	ct_model_feed(s->model, event);
}

static void enter(struct story *s, uint64_t net)
{
	const struct ct_arg args[] = { story_number("fd", 5), story_number("nstype", 0) };
	struct ct_event *event = story_call(s, STORY_ROOT, "setns", 308, args, 2);
	struct ct_state *state = ct_arena_array(&s->arena, struct ct_state, 1);

	state->have = CT_STATE_NS;
	state->of = event->task;
	state->ns[CT_NS_NET] = net;
	state->comm = "";
	event->state = state;
	event->call.result = CT_RESULT_VALUE;
	ct_model_feed(s->model, event);
}

static const struct ct_network *network(const struct story *s, uint64_t inode)
{
	for (size_t i = 0; i < s->model->n_networks; i++)
		if (s->model->networks[i].inode == inode)
			return &s->model->networks[i];
	test_fail(__FILE__, __LINE__, "no network %llu", (unsigned long long)inode);
}

TEST(an_answer_is_tied_to_its_request_by_the_number)
{
	struct story s;

	story_begin(&s, 0);
	make_socket(&s);
	ask_for_address(&s, 7, "10.1.0.5");
	ask_for_address(&s, 8, "10.1.0.6");
	answer(&s, 8, -EEXIST, "Address already assigned");
	answer(&s, 9, -EPERM, "nobody asked");
	answer(&s, 7, 0, "");
	CHECK_INT(s.model->n_net_requests, 2);
	CHECK_INT(s.model->net_requests[0].error, 0);
	CHECK(s.model->net_requests[0].answer > s.model->net_requests[1].answer);
	CHECK_INT(s.model->net_requests[1].error, EEXIST);
	CHECK_STR(s.model->net_requests[1].message, "Address already assigned");
	CHECK_STR(s.model->net_requests[1].words, "addr 10.1.0.6/24 on interface 2");
	story_end(&s);
}

TEST(a_socket_works_where_it_was_made)
{
	struct story s;

	story_begin(&s, 0);
	enter(&s, BOX);
	make_socket(&s);
	enter(&s, HOST);
	ask_for_address(&s, 1, "10.1.0.5");
	CHECK_INT(s.model->net_requests[0].net, BOX);
	CHECK(s.model->net_requests[0].answer < 0);
	answer(&s, 1, 0, "");
	CHECK_INT(network(&s, BOX)->n_interfaces, 1);
	CHECK_STR(network(&s, BOX)->interfaces[0].addresses[0], "10.1.0.5/24");
	story_end(&s);
}

TEST(a_pair_has_its_ends_in_two_namespaces)
{
	struct ct_arg target = story_number("IFLA_NET_NS_FD", 4);
	struct ct_arg peer, data, info;
	struct story s;

	story_begin(&s, 0);
	enter(&s, HOST);
	make_socket(&s);
	target.ns_inode = BOX;
	target.ns_type = CT_NS_NET;
	peer = STORY_FIELDS(&s, "VETH_INFO_PEER", target,
			    story_text("IFLA_IFNAME", "eth0"));
	data = STORY_FIELDS(&s, "IFLA_INFO_DATA", peer);
	info = STORY_FIELDS(&s, "IFLA_LINKINFO", story_text("IFLA_INFO_KIND", "veth"),
			    data);
	talk(&s, SEND,
	     STORY_FIELDS(&s, NULL, type(RTM_NEWLINK, "RTM_NEWLINK"),
			  story_number("nlmsg_flags", FLAGS),
			  story_number("nlmsg_seq", 1),
			  story_text("IFLA_IFNAME", "veth0"), info));
	answer(&s, 1, 0, "");
	CHECK_STR(s.model->net_requests[0].words, "veth veth0 ⇄ eth0 → net 600");
	CHECK_STR(network(&s, HOST)->interfaces[0].name, "veth0");
	CHECK_INT(network(&s, HOST)->interfaces[0].peer_net, BOX);
	CHECK_STR(network(&s, BOX)->interfaces[0].name, "eth0");
	CHECK_INT(network(&s, BOX)->interfaces[0].from, HOST);
	/* one end takes the other with it */
	talk(&s, SEND,
	     STORY_FIELDS(&s, NULL, type(RTM_DELLINK, "RTM_DELLINK"),
			  story_number("nlmsg_flags", FLAGS),
			  story_number("nlmsg_seq", 2),
			  story_text("IFLA_IFNAME", "veth0")));
	answer(&s, 2, 0, "");
	CHECK(network(&s, HOST)->interfaces[0].removed);
	CHECK(network(&s, BOX)->interfaces[0].removed);
	story_end(&s);
}

TEST(what_is_taken_away_keeps_the_name_that_it_had)
{
	struct ct_arg target = story_number("IFLA_NET_NS_FD", 4);
	struct story s;

	story_begin(&s, 0);
	enter(&s, BOX);
	make_socket(&s);
	target.ns_inode = HOST;
	target.ns_type = CT_NS_NET;
	talk(&s, SEND,
	     STORY_FIELDS(&s, NULL, type(RTM_NEWLINK, "RTM_NEWLINK"),
			  story_number("ifi_index", 2),
			  story_text("IFLA_IFNAME", "eth0")));
	ask_for_address(&s, 7, "10.1.0.5");
	answer(&s, 7, 0, "");
	talk(&s, SEND,
	     STORY_FIELDS(&s, NULL, type(RTM_NEWLINK, "RTM_NEWLINK"),
			  story_number("ifi_index", 2),
			  story_text("IFLA_IFNAME", "veth7")));
	CHECK_STR(network(&s, BOX)->interfaces[0].name, "veth7");
	talk(&s, SEND,
	     STORY_FIELDS(&s, NULL, type(RTM_NEWLINK, "RTM_NEWLINK"),
			  story_number("ifi_index", 2), target));
	CHECK_STR(network(&s, BOX)->interfaces[0].name, "eth0");
	CHECK(network(&s, BOX)->interfaces[0].removed);
	CHECK_STR(network(&s, HOST)->interfaces[0].name, "veth7");
	story_end(&s);
}

TEST(questions_and_nonsense_are_no_requests)
{
	struct story s;

	story_begin(&s, 0);
	make_socket(&s);
	talk(&s, SEND, STORY_FIELDS(&s, NULL, type(RTM_GETLINK, "RTM_GETLINK")));
	talk(&s, SEND, STORY_FIELDS(&s, NULL, type(RTM_NEWLINK, "RTM_NEWLINK")));
	talk(&s, SEND, STORY_FIELDS(&s, NULL, story_number("other", 1)));
	talk(&s, RECEIVE,
	     STORY_FIELDS(&s, NULL, type(NLMSG_ERROR, "NLMSG_ERROR"),
			  story_number("error", INT64_MIN)));
	CHECK_INT(s.model->n_net_requests, 0);
	/* a change of which nothing is said */
	talk(&s, SEND, STORY_FIELDS(&s, NULL, type(RTM_DELADDR, "RTM_DELADDR")));
	talk(&s, SEND, STORY_FIELDS(&s, NULL, type(RTM_NEWROUTE, "RTM_NEWROUTE")));
	CHECK_INT(s.model->n_net_requests, 2);
	CHECK_STR(s.model->net_requests[1].words, "route default");
	answer(&s, 0, INT64_MIN, "");
	ct_model_finish(s.model, NULL);
	story_end(&s);
}

/* An ioctl on descriptor 3, whose socket works in the box. */
static void ask_by_ioctl(struct story *s, int64_t number, struct ct_arg what, int error)
{
	struct ct_arg args[] = { story_number("fd", 3), story_number("request", number),
				 what };
	struct ct_event *event;

	args[0].ns_inode = BOX;
	args[0].ns_type = CT_NS_NET;
	event = story_call(s, STORY_ROOT, "ioctl", 16, args, 3);
	event->call.result = error ? CT_RESULT_ERROR : CT_RESULT_VALUE;
	event->call.error = error;
	ct_model_feed(s->model, event);
}

/* "ioctl(3, request, {ifr_name=name, field=address})" */
static void ask_with_address(struct story *s, int64_t number, const char *name,
			     const char *field, const char *address)
{
	struct ct_arg where = STORY_FIELDS(s, field, story_number("sa_family", AF_INET),
					   story_text("sin_addr", address));

	ask_by_ioctl(s, number,
		     STORY_FIELDS(s, "argp", story_text("ifr_name", name), where), 0);
}

TEST(an_interface_has_one_address_by_ioctl)
{
	const struct ct_net_interface *it;
	struct story s;

	story_begin(&s, 0);
	ask_with_address(&s, SIOCSIFADDR, "tap0", "ifr_addr", "10.0.2.1");
	it = &network(&s, BOX)->interfaces[0];
	CHECK_STR(it->name, "tap0");
	/* until somebody says a mask it is that of its class */
	CHECK_STR(it->addresses[0], "10.0.2.1/8");
	ask_with_address(&s, SIOCSIFNETMASK, "tap0", "ifr_netmask", "255.255.255.0");
	CHECK_STR(it->addresses[0], "10.0.2.1/24");
	ask_with_address(&s, SIOCSIFADDR, "tap0", "ifr_addr", "192.168.1.5");
	CHECK_INT(it->n_addresses, 1);
	CHECK_STR(it->addresses[0], "192.168.1.5/24");
	/* an alias has its own */
	ask_with_address(&s, SIOCSIFADDR, "tap0:1", "ifr_addr", "172.16.0.1");
	CHECK_INT(it->n_addresses, 2);
	CHECK_STR(it->addresses[1], "172.16.0.1/16");
	ask_with_address(&s, SIOCSIFADDR, "tap0", "ifr_addr", "0.0.0.0");
	CHECK_INT(it->n_addresses, 1);
	CHECK_INT(network(&s, BOX)->n_interfaces, 1);
	story_end(&s);
}

TEST(what_an_ioctl_is_refused_does_nothing)
{
	struct story s;

	story_begin(&s, 0);
	ask_by_ioctl(&s, SIOCSIFFLAGS,
		     STORY_FIELDS(&s, "argp", story_text("ifr_name", "eth0"),
				  story_number("ifr_flags", IFF_UP)),
		     EPERM);
	CHECK_INT(s.model->n_networks, 0);
	CHECK_INT(s.model->net_requests[0].error, EPERM);
	CHECK_STR(s.model->net_requests[0].words, "eth0 up");
	CHECK_STR(s.model->net_requests[0].type, "SIOCSIFFLAGS");
	CHECK_INT(s.model->net_requests[0].net, BOX);
	/* nothing is known of what it pointed to */
	ask_by_ioctl(&s, SIOCADDRT, story_number("argp", 0), EFAULT);
	ask_by_ioctl(&s, TUNSETIFF, story_number("argp", 0), 0);
	ask_by_ioctl(&s, SIOCBRADDIF, story_number("argp", 0), 0);
	CHECK_INT(s.model->n_net_requests, 4);
	story_end(&s);
}
