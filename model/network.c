/* SPDX-License-Identifier: MIT */
/* Requests and the kernel's answers, tied by socket and sequence number: netlink(7). */
#include "network.h"

#include "call.h"
#include "cttrace/strbuf.h"

#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>

const char *network_text(const struct ct_arg *message, const char *name)
{
	const struct ct_arg *item = call_item(message, name);

	return item && item->type == CT_VALUE_STR && item->str ? item->str : "";
}

int64_t network_number(const struct ct_arg *message, const char *name)
{
	return call_item_int(message, name, 0);
}

/* The messages of a call on a netlink socket; NULL: it is none. */
static const struct ct_arg *messages_of(const struct ct_event_call *call)
{
	const struct ct_arg *bytes = call->n_args > 1 ? &call->args[1] : NULL;

	if (!bytes || bytes->type != CT_VALUE_LIST || !bytes->n_items ||
	    !call_item(&bytes->items[0], "nlmsg_type"))
		return NULL;
	return bytes;
}

static const char *type_name(const struct ct_arg *message)
{
	const struct ct_arg *type = call_item(message, "nlmsg_type");

	return type && type->text ? type->text : "";
}

/*
 * Of rtnetlink's four in a row the third asks; a link without index and name is a
 * question as well: "do you know strict checks?" (iproute2).
 */
static bool changes_links(const struct ct_arg *message, int64_t type)
{
	if (type < RTM_NEWLINK || type >= NFNL_SUBSYS_CTNETLINK << 8 ||
	    (type & 3) == (RTM_GETLINK & 3))
		return false;
	return type != RTM_NEWLINK || network_number(message, "ifi_index") ||
	       *network_text(message, "ifi_index") ||
	       *network_text(message, "IFLA_IFNAME") || *network_kind(message);
}

static bool changes(const struct ct_arg *message)
{
	int64_t type = network_number(message, "nlmsg_type");
	const char *name = type_name(message);

	if (!strncmp(name, "RTM_", 4))
		return changes_links(message, type);
	return !strncmp(name, "NFT_MSG_NEW", 11) || !strncmp(name, "NFT_MSG_DEL", 11);
}

bool network_changes(const struct ct_event_call *call)
{
	const struct ct_arg *messages = messages_of(call);

	for (size_t i = 0; messages && i < messages->n_items; i++)
		if (changes(&messages->items[i]))
			return true;
	return false;
}

static uint64_t socket_key(int process, int64_t fd)
{
	return (uint64_t)(uint32_t)process << 32 | (uint32_t)fd;
}

void network_socket(struct feed *f)
{
	struct model *m = f->m;
	uint64_t key = socket_key(f->process, f->event->call.ret);
	int known = map_get(&m->by_net_socket, key);

	if (known < 0) {
		known = (int)m->n_net_sockets;
		push(m, m->net_sockets, m->n_net_sockets);
		map_put(&m->by_net_socket, key, known);
	}
	m->net_sockets[known].net = m->tasks[f->task].ns[CT_NS_NET];
}

/*
 * The kernel says it of each socket where it may be asked. One of which nothing is known
 * was inherited: it is most likely from here.
 */
uint64_t network_asked(const struct feed *f)
{
	const struct ct_arg *fd = &f->event->call.args[0];
	int known = map_get(&f->m->by_net_socket, socket_key(f->process, fd->i));

	if (fd->ns_type == CT_NS_NET && fd->ns_inode)
		return fd->ns_inode;
	return known < 0 ? f->m->tasks[f->task].ns[CT_NS_NET]
			 : f->m->net_sockets[known].net;
}

/* "nftables: 2 rules, 1 chain in table nat" */
static const char *batch_words(struct model *m, const struct ct_arg *messages)
{
	static const struct {
		const char *type, *verb, *what;
	} rows[] = {
		{ "NFT_MSG_NEWTABLE", "+", "table" },
		{ "NFT_MSG_NEWCHAIN", "+", "chain" },
		{ "NFT_MSG_NEWRULE", "+", "rule" },
		{ "NFT_MSG_NEWSET", "+", "set" },
		{ "NFT_MSG_NEWSETELEM", "+", "set element" },
		{ "NFT_MSG_DELTABLE", "-", "table" },
		{ "NFT_MSG_DELCHAIN", "-", "chain" },
		{ "NFT_MSG_DELRULE", "-", "rule" },
		{ "NFT_MSG_DELSET", "-", "set" },
	};
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_strbuf_adds(&sb, "nftables:");
	for (size_t row = 0; row < sizeof(rows) / sizeof(rows[0]); row++) {
		size_t n = 0;

		for (size_t i = 0; i < messages->n_items; i++)
			n += !strcmp(type_name(&messages->items[i]), rows[row].type);
		if (n)
			ct_strbuf_addf(&sb, " %s%zu %s%s", rows[row].verb, n,
				       rows[row].what, n == 1 ? "" : "s");
	}
	return ct_arena_strdup(&m->arena, sb.data);
}

static void add_request(const struct feed *f, const struct ct_arg *message,
			const char *words)
{
	struct model *m = f->m;
	struct ct_net_request *r = push(m, m->pub.net_requests, m->pub.n_net_requests);

	*r = (struct ct_net_request){
		.t_ns = f->event->t_ns,
		.event = f->index,
		.answer = -1,
		.process = f->process,
		.net = network_asked(f),
		.type = type_name(message),
		.message = "",
	};
	r->words = words ? words : network_words(m, r->net, message);
	/* who does not ask for an answer gets one only if it fails */
	if (!words && !(network_number(message, "nlmsg_flags") & NLM_F_ACK))
		network_apply(m, r, message);
}

static void send_requests(const struct feed *f)
{
	const struct ct_arg *messages = messages_of(&f->event->call);

	for (size_t i = 0; i < messages->n_items; i++) {
		const struct ct_arg *message = &messages->items[i];

		if (!changes(message))
			continue;
		network_named(f->m, network_asked(f), message);
		if (!strncmp(type_name(message), "NFT_", 4)) {
			add_request(f, message, batch_words(f->m, messages));
			return; /* the batch is one transaction */
		}
		add_request(f, message, NULL);
	}
}

/* Does the request have a message of that number? */
static const struct ct_arg *find_message(const struct model *m,
					 const struct ct_net_request *r, int64_t seq)
{
	const struct ct_arg *messages = messages_of(&m->pub.facts[r->event].event->call);

	for (size_t i = 0; messages && i < messages->n_items; i++)
		if (network_number(&messages->items[i], "nlmsg_seq") == seq)
			return &messages->items[i];
	return NULL;
}

/* Positive; 0 for none, and for what is no errno. */
static int error_of(const struct ct_arg *message)
{
	enum { ERRNO_MAX = 4095 };
	int64_t error = network_number(message, "error");

	return error < 0 && error >= -ERRNO_MAX ? (int)-error : 0;
}

/* Its answer may still be read: seen to wait is not seen to come. */
static bool is_open(const struct ct_net_request *r)
{
	return r->answer < 0 || r->answer == (long)r->event;
}

/* Numbers start again with every program: it is the last request of this socket. */
static void answer(const struct feed *f, const struct ct_arg *error)
{
	enum { LOOK_BACK = 64 };
	struct model *m = f->m;
	size_t n = m->pub.n_net_requests;
	int64_t seq = network_number(error, "nlmsg_seq");
	uint64_t net = network_asked(f);

	for (size_t back = 1; back <= n && back <= LOOK_BACK; back++) {
		struct ct_net_request *r = &m->pub.net_requests[n - back];
		const struct ct_arg *asked = NULL;
		bool is_new;

		if (r->process == f->process && is_open(r) && r->net == net)
			asked = find_message(m, r, seq);
		if (!asked)
			continue;
		is_new = r->answer < 0;
		r->answer = (long)f->index;
		if (!is_new)
			return;
		r->error = error_of(error);
		r->message = network_text(error, "NLMSGERR_ATTR_MSG");
		if (!r->error)
			network_apply(m, r, asked);
		return;
	}
}

/* What is answered within the call counts, whoever reads it. */
void network_send(struct feed *f)
{
	const struct ct_event *event = f->event;

	send_requests(f);
	for (size_t i = 0; i < event->n_answers; i++)
		if (network_number(&event->answers[i], "nlmsg_type") == NLMSG_ERROR)
			answer(f, &event->answers[i]);
}

void network_receive(struct feed *f)
{
	const struct ct_arg *messages = messages_of(&f->event->call);

	for (size_t i = 0; messages && i < messages->n_items; i++) {
		const struct ct_arg *message = &messages->items[i];
		int64_t type = network_number(message, "nlmsg_type");

		if (type == NLMSG_ERROR)
			answer(f, message);
		else if (type == RTM_NEWLINK &&
			 !strcmp(type_name(message), "RTM_NEWLINK"))
			network_learn(f->m, network_asked(f), message);
	}
}
