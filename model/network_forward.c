/* SPDX-License-Identifier: MIT */
/*
 * Ports that a process forwards itself (rootlessport, slirp4netns, pasta): it listens in
 * one network namespace, and it or a child of it is in another one. Where to is in no
 * call until somebody comes; who starts the forwarder has told it, in JSON.
 */
#include "network_forward.h"

#include "call.h"
#include "json_node.h"

#include <stdlib.h>
#include <string.h>

/* -------- into which network -------- */

enum { CREATORS_MAX = 8 };

/* Services of the engine and what is in a container enter networks for other reasons. */
static bool may_forward(const struct ct_process *p)
{
	return !p->inside && p->role != CT_ROLE_ENGINE && p->role != CT_ROLE_DAEMON &&
	       p->role != CT_ROLE_MONITOR && p->role != CT_ROLE_INIT &&
	       p->role != CT_ROLE_PAYLOAD;
}

static bool belongs_to(const struct model *m, int process, int of)
{
	for (int i = 0; process >= 0 && i < CREATORS_MAX; i++) {
		if (process == of)
			return true;
		process = m->pub.processes[process].creator;
	}
	return false;
}

static uint64_t entered(const struct ct_process *p, uint64_t from)
{
	for (size_t i = 0; i < p->n_ns_changes; i++) {
		const struct ct_ns_change *c = &p->ns_changes[i];

		if (c->type == CT_NS_NET && c->to && c->to != from)
			return c->to;
	}
	return 0;
}

static uint64_t other_network(const struct model *m, const struct ct_net_request *r)
{
	uint64_t net = 0;

	if (!may_forward(&m->pub.processes[r->process]))
		return 0;
	for (size_t i = (size_t)r->process; i < m->pub.n_processes && !net; i++)
		if (!m->pub.processes[i].inside && belongs_to(m, (int)i, r->process))
			net = entered(&m->pub.processes[i], r->net);
	return net;
}

/* -------- where to -------- */

/* How protocols say it: keys of one object. */
static const struct {
	const char *host_port, *port, *address;
} spellings[] = {
	{ "host_port", "container_port", NULL },     /* podman's rootlessport */
	{ "host_port", "guest_port", "guest_addr" }, /* slirp4netns's add_hostfwd */
	{ "hostPort", "containerPort", NULL },       /* CNI's portmap */
};

static const char *text_of(struct model *m, const struct ct_json_node *map,
			   const char *key)
{
	const struct ct_json_node *node = key ? ct_json_get(map, key) : NULL;

	return node && node->kind == CT_JSON_STRING
		       ? ct_arena_strndup(&m->results, node->text, node->count)
		       : "";
}

static int64_t number_of(const struct ct_json_node *map, const char *key)
{
	const struct ct_json_node *node = ct_json_get(map, key);

	return node && node->kind == CT_JSON_INTEGER ? node->integer : 0;
}

/* A range of ports is one object: its first ones, and how many. */
static bool is_mapping(struct model *m, const struct ct_json_node *map,
		       const struct ct_net_request *r, struct forward_target *to)
{
	const char *protocol = text_of(m, map, "protocol");
	int64_t range = number_of(map, "range"), first, target;

	if (!*protocol)
		protocol = text_of(m, map, "proto");
	if (*protocol && strcmp(protocol, r->protocol) != 0)
		return false;
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		first = number_of(map, spellings[i].host_port);
		target = number_of(map, spellings[i].port);
		if (first <= 0 || target <= 0 || target > UINT16_MAX || r->port < first ||
		    r->port - first >= (range > 0 ? range : 1))
			continue;
		to->port = (int)(target + (r->port - first));
		to->address = text_of(m, map, spellings[i].address);
		return true;
	}
	return false;
}

static void find_mapping(struct model *m, const struct ct_json_text *text,
			 const struct ct_net_request *r, struct forward_target *to)
{
	for (size_t i = 0; i < text->n; i++) {
		if (text->nodes[i].kind != CT_JSON_MAP ||
		    !is_mapping(m, &text->nodes[i], r, to))
			continue;
		if (!*to->address)
			to->address = text_of(m, text->nodes, "ChildIP");
		return;
	}
}

static void read_message(struct model *m, const struct ct_arg *bytes,
			 const struct ct_net_request *r, struct forward_target *to)
{
	struct ct_json_text text = { 0 };
	char *copy = ct_arena_strndup(&m->results, bytes->str, bytes->len);

	if (ct_json_parse(&text, copy, bytes->len) == CT_JSON_FINE)
		find_mapping(m, &text, r, to);
	ct_json_text_release(&text);
}

/* Told by who has made the forwarder, or by who has made that one. */
static void find_message(struct model *m, const struct ct_net_request *r,
			 struct forward_target *to)
{
	for (size_t i = 0; i < m->pub.n_facts && !to->port; i++) {
		const struct ct_fact *fact = &m->pub.facts[i];
		const struct ct_arg *bytes;

		if (fact->event->kind != CT_EVENT_CALL || fact->process < 0 ||
		    fact->process == r->process ||
		    !belongs_to(m, r->process, fact->process))
			continue;
		bytes = ct_call_arg(&fact->event->call, "buf");
		if (bytes && bytes->type == CT_VALUE_STR && bytes->str && bytes->len &&
		    bytes->str[0] == '{')
			read_message(m, bytes, r, to);
	}
}

/* The first address of the network that is not its own. */
static const char *address_of(struct model *m, uint64_t net)
{
	int known = map_get(&m->networks, net);
	const struct ct_network *network = known < 0 ? NULL : &m->pub.networks[known];

	for (size_t i = 0; network && i < network->n_interfaces; i++) {
		const struct ct_net_interface *it = &network->interfaces[i];
		const char *slash =
			it->n_addresses ? strchr(it->addresses[0], '/') : NULL;

		if (slash && strcmp(it->name, "lo") != 0)
			return ct_arena_strndup(&m->results, it->addresses[0],
						(size_t)(slash - it->addresses[0]));
	}
	return "";
}

struct forward_target network_forward(struct model *m, const struct ct_net_request *r)
{
	struct forward_target to = { .net = other_network(m, r), .address = "" };
	const struct ct_network *there;

	if (!to.net)
		return to;
	find_message(m, r, &to);
	there = *to.address ? network_with_address(m, to.address) : NULL;
	if (there)
		to.net = there->inode;
	else
		to.address = address_of(m, to.net);
	return to;
}
