/* SPDX-License-Identifier: MIT */
/* Ports of the host that a process takes into another network namespace itself. */
#include "story.h"
#include "test.h"

#include <errno.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/socket.h>

enum { HOST = 500, BOX = 600, FORWARDER = 2, CHILD = 3 };

/* A socket of this kind that works in that network. */
static struct ct_arg sock(const char *path, uint64_t net)
{
	struct ct_arg arg = story_number("sockfd", 3);

	arg.path = path;
	arg.ns_inode = net;
	arg.ns_type = CT_NS_NET;
	return arg;
}

static void feed(struct story *s, struct ct_event *event, int error)
{
	event->call.result = error ? CT_RESULT_ERROR : CT_RESULT_VALUE;
	event->call.error = error;
	ct_model_feed(s->model, event);
}

static void listen_on(struct story *s, const char *path, int port, int error)
{
	const struct ct_arg args[] = {
		sock(path, HOST), STORY_FIELDS(s, "addr", story_number("sin6_port", port),
					       story_text("sin6_addr", "::"))
	};

	feed(s, story_call(s, FORWARDER, "bind", 49, args, 2), error);
}

static void enter(struct story *s, uint32_t serial, uint64_t net)
{
	const struct ct_arg args[] = { story_number("fd", 5), story_number("nstype", 0) };
	struct ct_event *event = story_call(s, serial, "setns", 308, args, 2);
	struct ct_state *state = ct_arena_array(&s->arena, struct ct_state, 1);

	state->have = CT_STATE_NS;
	state->of = event->task;
	state->ns[CT_NS_NET] = net;
	state->comm = "";
	event->state = state;
	feed(s, event, 0);
}

static void give_address(struct story *s, const char *address)
{
	struct ct_arg where =
		STORY_FIELDS(s, "ifr_addr", story_number("sa_family", AF_INET),
			     story_text("sin_addr", address));
	const struct ct_arg args[] = {
		sock("", BOX), story_number("request", SIOCSIFADDR),
		STORY_FIELDS(s, "argp", story_text("ifr_name", "tap0"), where)
	};

	feed(s, story_call(s, FORWARDER, "ioctl", 16, args, 3), 0);
}

static void say(struct story *s, uint32_t serial, const char *words)
{
	const struct ct_arg args[] = { story_number("fd", 9), story_text("buf", words) };

	feed(s, story_call(s, serial, "write", 1, args, 2), 0);
}

/* A forwarder whose child is in the box. */
static void begin(struct story *s)
{
	story_begin(s, 0);
	story_birth(s, FORWARDER, STORY_ROOT, CT_BIRTH_FORK, 0);
	story_birth(s, CHILD, FORWARDER, CT_BIRTH_FORK, 0);
	enter(s, CHILD, HOST);
	give_address(s, "10.0.2.100");
}

/* The ports that lead into the box, one a line. */
static void expect_ports(struct story *s, const char *wanted)
{
	char got[512] = "";

	ct_model_finish(s->model, NULL);
	for (size_t i = 0; i < s->model->n_networks; i++)
		for (size_t j = 0; j < s->model->networks[i].n_ports; j++) {
			CHECK_INT(s->model->networks[i].inode, BOX);
			strncat(got, s->model->networks[i].ports[j],
				sizeof(got) - strlen(got) - 2);
			strcat(got, "\n");
		}
	CHECK_STR(got, wanted);
	story_end(s);
}

#define PODMAN_SAYS                                               \
	"{\"Mappings\":[{\"host_ip\":\"\",\"container_port\":80," \
	"\"host_port\":18099,\"range\":3,\"protocol\":\"tcp\"}]," \
	"\"ChildIP\":\"10.0.2.100\"}"

TEST(who_has_made_the_forwarder_has_told_it_where_to)
{
	struct story s;

	begin(&s);
	say(&s, STORY_ROOT, PODMAN_SAYS);
	listen_on(&s, "TCP:[7]", 18101, 0);
	enter(&s, CHILD, BOX);
	CHECK_STR(s.model->net_requests[1].words, "listens on 18101/tcp");
	expect_ports(&s, "18101/tcp → 10.0.2.100:82, through  102\n");
}

TEST(what_is_said_of_another_port_is_not_believed)
{
	struct story s;

	begin(&s);
	say(&s, STORY_ROOT, PODMAN_SAYS);
	say(&s, STORY_ROOT, "{\"host_port\":18102,\"guest_port\":");
	say(&s, STORY_ROOT, "{\"host_port\":18102,\"guest_port\":99999999999}");
	say(&s, CHILD, "{\"host_port\":18102,\"guest_port\":5}");
	enter(&s, CHILD, BOX);
	listen_on(&s, "TCP:[7]", 18102, 0);
	listen_on(&s, "UDP:[8]", 18099, 0);
	expect_ports(&s, "18102/tcp, through  102\n18099/udp, through  102\n");
}

TEST(an_address_that_is_given_with_the_port_counts)
{
	struct story s;

	begin(&s);
	enter(&s, CHILD, BOX);
	listen_on(&s, "UDP:[7]", 53, 0);
	say(&s, STORY_ROOT,
	    "{\"execute\":\"add_hostfwd\",\"arguments\":{\"proto\":\"udp\","
	    "\"host_port\":53,\"guest_addr\":\"10.0.2.100\",\"guest_port\":5353}}");
	expect_ports(&s, "53/udp → 10.0.2.100:5353, through  102\n");
}

TEST(who_only_listens_forwards_nothing)
{
	struct story s;

	begin(&s);
	listen_on(&s, "TCP:[7]", 80, 0);
	listen_on(&s, "socket:[8]", 81, 0);
	listen_on(&s, "TCP:[9]", 0, 0);
	expect_ports(&s, "");
}

TEST(a_port_that_is_taken_leads_nowhere)
{
	struct story s;

	begin(&s);
	enter(&s, CHILD, BOX);
	listen_on(&s, "TCP:[7]", 80, EADDRINUSE);
	CHECK_INT(s.model->net_requests[1].error, EADDRINUSE);
	expect_ports(&s, "");
}
