/* SPDX-License-Identifier: MIT */
/* bind(2) to a port: who can be reached from a network, and where. */
#include "network.h"

#include "call.h"
#include "cttrace/strbuf.h"

#include <ctype.h>
#include <string.h>

static const char *field_text(const struct ct_arg *address, const char *a, const char *b)
{
	const char *text = network_text(address, a);

	return *text ? text : network_text(address, b);
}

/* "tcp" of "TCP:[123]"; NULL: it is no socket of the Internet. */
static const char *protocol_of(struct model *m, const struct ct_arg *sock)
{
	const char *path = sock && sock->path ? sock->path : "";
	size_t len = strcspn(path, ":");
	char *name;

	if (strncmp(path + len, ":[", 2) != 0 || !isupper((unsigned char)*path))
		return NULL;
	name = ct_arena_strndup(&m->arena, path, len);
	for (size_t i = 0; i < len; i++)
		name[i] = (char)tolower((unsigned char)name[i]);
	return name;
}

static int port_of(const struct ct_event_call *call)
{
	const struct ct_arg *address = ct_call_arg(call, "addr");
	int64_t port = address ? network_number(address, "sin_port") : 0;

	if (address && !port)
		port = network_number(address, "sin6_port");
	return port > 0 && port <= UINT16_MAX ? (int)port : 0;
}

static bool is_any(const char *address)
{
	return !*address || !strcmp(address, "0.0.0.0") || !strcmp(address, "::");
}

static const char *listen_words(struct model *m, const struct ct_net_request *r)
{
	bool v6 = strchr(r->address, ':');

	if (is_any(r->address))
		return ct_arena_printf(&m->arena, "listens on %d/%s", r->port,
				       r->protocol);
	return ct_arena_printf(&m->arena, "listens on %s%s%s:%d/%s", v6 ? "[" : "",
			       r->address, v6 ? "]" : "", r->port, r->protocol);
}

static void bound(struct feed *f, int error)
{
	const struct ct_event_call *call = &f->event->call;
	const struct ct_arg *address = ct_call_arg(call, "addr");
	const char *protocol = protocol_of(f->m, ct_call_arg(call, "sockfd"));
	struct ct_net_request *r;

	if (!protocol || f->process < 0)
		return;
	r = push(f->m, f->m->pub.net_requests, f->m->pub.n_net_requests);
	*r = (struct ct_net_request){
		.t_ns = f->event->t_ns,
		.event = f->index,
		.answer = (long)f->index,
		.process = f->process,
		.net = network_asked(f),
		.port = port_of(call),
		.protocol = protocol,
		.address = ct_arena_strdup(&f->m->arena,
					   field_text(address, "sin_addr", "sin6_addr")),
		.type = "bind",
		.error = error,
		.message = "",
	};
	r->words = listen_words(f->m, r);
}

static void granted(struct feed *f)
{
	bound(f, 0);
}

static void refused(struct feed *f)
{
	bound(f, f->event->call.error);
}

/* Who lets the kernel choose a port wants an answer, no visitors. */
const struct rule *network_for_bind(const struct feed *f)
{
	static const struct rule listens = { .tags = 1u << CT_TAG_NETWORK,
					     .apply = granted,
					     .apply_failed = refused };

	return port_of(&f->event->call) ? &listens : NULL;
}
