/* SPDX-License-Identifier: MIT */
/* Socket addresses: one function per address family. */
#include "kinds.h"
#include "quote.h"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#define FIELDS_MAX 3

/* The fields of an address as they are found. */
struct address {
	struct ct_arg *arg;
	const struct ct_arg_in *in;
	struct ct_span bytes;
};

static struct ct_arg *add(struct address *a, const char *name)
{
	struct ct_arg *field = &a->arg->items[a->arg->n_items++];

	field->name = name;
	field->ns_type = -1;
	return field;
}

static void add_int(struct address *a, const char *name, int64_t value)
{
	struct ct_arg *field = add(a, name);

	field->type = CT_VALUE_INT;
	field->i = value;
	field->text = ct_arena_printf(a->in->arena, "%lld", (long long)value);
	ct_strbuf_addf(a->in->text, ", %s=%s", name, field->text);
}

static void add_str(struct address *a, const char *name, struct ct_span value,
		    const char *prefix)
{
	struct ct_strbuf *text = a->in->text;
	struct ct_arg *field = add(a, name);
	size_t start;

	field->type = CT_VALUE_STR;
	field->str = ct_span_copy(value, a->in->arena);
	field->len = ct_span_len(value);
	ct_strbuf_addf(text, ", %s=", name);
	start = text->len;
	ct_strbuf_adds(text, prefix);
	ct_quote(text, value, false);
	field->text =
		ct_arena_strndup(a->in->arena, text->data + start, text->len - start);
}

/* A path up to its NUL, or an abstract name: a NUL and everything behind it. */
static void unix_address(struct address *a)
{
	struct ct_span name = a->bytes;

	if (name.at == name.end)
		return;
	if (*name.at == '\0') {
		/* the field keeps the NUL: it is what makes the name abstract */
		struct ct_span behind = { name.at + 1, name.end };

		add_str(a, "sun_path", behind, "@");
		a->arg->items[a->arg->n_items - 1].str = ct_span_copy(name, a->in->arena);
		a->arg->items[a->arg->n_items - 1].len = ct_span_len(name);
		return;
	}
	add_str(a, "sun_path", ct_span_until(&name, '\0'), "");
	if (a->bytes.at[0] == '/')
		a->arg->path = a->arg->items[a->arg->n_items - 1].str;
}

static void ip_address(struct address *a, int family, const char *const names[2],
		       size_t offset)
{
	size_t width = family == AF_INET ? 4 : 16;
	char text[INET6_ADDRSTRLEN];

	if (ct_span_len(a->bytes) < offset + width)
		return;
	add_int(a, names[0], ntohs((uint16_t)ct_span_load(a->bytes, 0, 2)));
	if (inet_ntop(family, a->bytes.at + offset, text, sizeof(text)))
		add_str(a, names[1], ct_span_of(text, strlen(text)), "");
}

static void inet_address(struct address *a)
{
	ip_address(a, AF_INET, (const char *const[]){ "sin_port", "sin_addr" }, 2);
}

static void inet6_address(struct address *a)
{
	ip_address(a, AF_INET6, (const char *const[]){ "sin6_port", "sin6_addr" }, 6);
}

static void netlink_address(struct address *a)
{
	if (ct_span_len(a->bytes) < 10)
		return;
	add_int(a, "nl_pid", (int64_t)ct_span_load(a->bytes, 2, 4));
	add_int(a, "nl_groups", (int64_t)ct_span_load(a->bytes, 6, 4));
}

static const struct {
	int family;
	void (*decode)(struct address *a); /* from behind the family on */
} families[] = {
	{ AF_UNIX, unix_address },
	{ AF_INET, inet_address },
	{ AF_INET6, inet6_address },
	{ AF_NETLINK, netlink_address },
};

static void decode_address(struct address *a)
{
	struct ct_arg_in family = *a->in;
	struct ct_arg *arg = a->arg;

	arg->type = CT_VALUE_FIELDS;
	arg->items = ct_arena_array(a->in->arena, struct ct_arg, FIELDS_MAX);
	ct_strbuf_addc(a->in->text, '{');
	if (ct_span_len(a->bytes) >= 2) {
		family.kind = &ct_kinds[CT_KIND_address_family];
		family.raw = ct_span_load(a->bytes, 0, 2);
		a->bytes.at += 2;
		ct_strbuf_adds(a->in->text, "sa_family=");
		ct_arg_decode(&arg->items[arg->n_items++], "sa_family", &family);
		for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
			if ((uint64_t)families[i].family == family.raw)
				families[i].decode(a);
	}
	ct_strbuf_addc(a->in->text, '}');
}

void ct_arg_sockaddr(struct ct_arg *arg, const struct ct_arg_in *in)
{
	struct address a = { arg, in, { NULL, NULL } };

	if (ct_arg_bytes(arg, in, CT_BLOB_MEM, &a.bytes))
		decode_address(&a);
}

void ct_arg_address_field(struct ct_arg *arg, const struct ct_arg_in *in)
{
	struct address a = { arg, in, in->field };

	decode_address(&a);
}

/* An address without its family, which the socket has said. */
void ct_arg_address6_field(struct ct_arg *arg, const struct ct_arg_in *in)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(AF_INET6, in->field.at, text, sizeof(text));
	arg->type = CT_VALUE_STR;
	arg->str = ct_arena_strdup(in->arena, text);
	arg->len = strlen(text);
	ct_strbuf_adds(in->text, text);
}
