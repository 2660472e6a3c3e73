/* SPDX-License-Identifier: MIT */
/* One function per form of an attribute; which has which is in netlink.def. */
#include "netlink_attr.h"

#include "kinds.h"
#include "quote.h"

#include <arpa/inet.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/net_namespace.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <string.h>

/* A link in a link in …: an attacker's, for the kernel takes one peer. */
#define DEPTH_MAX 6

struct row {
	uint16_t type;
	const char *name;
	void (*decode)(struct ct_netlink_out *field, struct ct_netlink_bytes body,
		       enum ct_netlink_table extra);
	enum ct_netlink_table extra;
};

void ct_netlink_open(struct ct_netlink_out *out, size_t room)
{
	out->arg->type = CT_VALUE_FIELDS;
	out->arg->items = ct_arena_array(out->in->arena, struct ct_arg, room);
	out->room = room;
	ct_strbuf_addc(out->in->text, '{');
}

void ct_netlink_close(struct ct_netlink_out *out)
{
	ct_strbuf_addc(out->in->text, '}');
}

static void separate(struct ct_strbuf *text)
{
	if (text->len && text->data[text->len - 1] != '{')
		ct_strbuf_adds(text, ", ");
}

struct ct_arg *ct_netlink_begin(struct ct_netlink_out *out, const char *name,
				size_t *start)
{
	struct ct_arg *field = &out->arg->items[out->arg->n_items++];

	separate(out->in->text);
	ct_strbuf_addf(out->in->text, "%s=", name);
	field->name = name;
	field->ns_type = -1;
	*start = out->in->text->len;
	return field;
}

void ct_netlink_end(struct ct_netlink_out *out, struct ct_arg *field, size_t start)
{
	const struct ct_strbuf *text = out->in->text;

	field->text =
		ct_arena_strndup(out->in->arena, text->data + start, text->len - start);
}

static void put_kind(struct ct_netlink_out *field, struct ct_netlink_bytes body,
		     enum ct_kind_id kind)
{
	size_t len = ct_netlink_len(body) < 8 ? ct_netlink_len(body) : 8;
	struct ct_arg_in in = *field->in;

	in.kind = &ct_kinds[kind];
	in.raw = ct_span_load(ct_span_of(body.at, len), 0, len);
	in.kind->decode(field->arg, &in);
}

static void number(struct ct_netlink_out *field, struct ct_netlink_bytes body,
		   enum ct_netlink_table extra)
{
	(void)extra;
	put_kind(field, body, CT_KIND_size);
}

static void signed_number(struct ct_netlink_out *field, struct ct_netlink_bytes body,
			  enum ct_netlink_table extra)
{
	(void)extra;
	put_kind(field, body, CT_KIND_int);
}

static void macvlan_mode(struct ct_netlink_out *field, struct ct_netlink_bytes body,
			 enum ct_netlink_table extra)
{
	(void)extra;
	put_kind(field, body, CT_KIND_macvlan_mode);
}

static void put_text(struct ct_netlink_out *field, struct ct_span text, bool quoted)
{
	field->arg->type = CT_VALUE_STR;
	field->arg->str = ct_span_copy(text, field->in->arena);
	field->arg->len = ct_span_len(text);
	if (quoted)
		ct_quote(field->in->text, text, false);
	else
		ct_strbuf_add(field->in->text, text.at, ct_span_len(text));
}

/* With its NUL, or without: both are seen. */
static void string(struct ct_netlink_out *field, struct ct_netlink_bytes body,
		   enum ct_netlink_table extra)
{
	struct ct_span text = ct_span_of(body.at, ct_netlink_len(body));

	(void)extra;
	put_text(field, ct_span_until(&text, '\0'), true);
}

static void bytes_in_hex(struct ct_netlink_out *field, struct ct_netlink_bytes body)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	for (; body.at < body.end; body.at++)
		ct_strbuf_addf(&sb, "%s%02x", sb.len ? ":" : "", *body.at);
	put_text(field, ct_span_of(sb.len ? sb.data : "", sb.len), !sb.len);
}

static void hardware(struct ct_netlink_out *field, struct ct_netlink_bytes body,
		     enum ct_netlink_table extra)
{
	(void)extra;
	bytes_in_hex(field, body);
}

/* Its length tells the family: a route may have a gateway of another one. */
static void address(struct ct_netlink_out *field, struct ct_netlink_bytes body,
		    enum ct_netlink_table extra)
{
	size_t len = ct_netlink_len(body);
	char text[INET6_ADDRSTRLEN];

	(void)extra;
	if ((len == 4 || len == 16) &&
	    inet_ntop(len == 4 ? AF_INET : AF_INET6, body.at, text, sizeof(text)))
		put_text(field, ct_span_of(text, strlen(text)), false);
	else
		bytes_in_hex(field, body);
}

/* A descriptor or pid stands for a namespace: the tracer has looked which one. */
static void namespace(struct ct_netlink_out *field, struct ct_netlink_bytes body,
		      enum ct_netlink_table extra)
{
	const struct ct_blob *mem = ct_arg_blob(field->in, CT_BLOB_MEM);
	const struct ct_blob *stat = ct_arg_blob(field->in, CT_BLOB_STAT);
	struct ct_netlink_target target;
	struct ct_blob_stat st;

	signed_number(field, body, extra);
	if (!mem || !stat || stat->len < sizeof(st) ||
	    !ct_netlink_target(ct_blob_bytes(mem), mem->len, &target) ||
	    target.number != field->arg->i)
		return;
	memcpy(&st, ct_blob_bytes(stat), sizeof(st));
	if (st.ns_type != CT_NS_NET + 1)
		return;
	field->arg->ns_type = CT_NS_NET;
	field->arg->ns_inode = st.ino;
	ct_strbuf_addf(field->in->text, "<net:[%llu]>", (unsigned long long)st.ino);
}

static void nested(struct ct_netlink_out *field, struct ct_netlink_bytes body,
		   enum ct_netlink_table extra)
{
	ct_netlink_open(field, ct_netlink_count(body));
	ct_netlink_add(field, body, extra);
	ct_netlink_close(field);
}

/* The other end of a pair is described like a link of its own. */
static void peer(struct ct_netlink_out *field, struct ct_netlink_bytes body,
		 enum ct_netlink_table extra)
{
	const struct ct_layout *layout = ct_kinds[CT_KIND_ifinfomsg].layout;
	struct ct_span head = ct_span_of(body.at, ct_netlink_len(body));

	ct_netlink_skip(&body, CT_KIND_SIZE_ifinfomsg);
	ct_netlink_open(field, layout->count + ct_netlink_count(body));
	ct_arg_fields(field->arg, field->in, layout, head);
	ct_netlink_add(field, body, extra);
	ct_netlink_close(field);
}

/* What IFLA_INFO_DATA holds depends on the kind, which comes before it. */
static void data(struct ct_netlink_out *field, struct ct_netlink_bytes body,
		 enum ct_netlink_table extra);

/* clang-format off: one row opens a brace that another one closes */
#define CT_NETLINK_NONE_ROWS        NULL
#define ATTRS(table)                static const struct row table##_rows[] = {
#define ATTR(type, function, extra) { type, #type, function, CT_NETLINK_##extra },
#define END(table) \
	}          \
	;
#include "netlink.def"
#undef ATTRS
#undef ATTR
#undef END
/* clang-format on */

static const struct {
	const char *name;
	const struct row *rows;
	size_t count;
} tables[CT_NETLINK_TABLES] = {
#define ATTRS(table)                                   \
	[CT_NETLINK_##table] = { #table, table##_rows, \
				 sizeof(table##_rows) / sizeof(*table##_rows) },
#define ATTR(type, function, extra)
#define END(table)
#include "netlink.def"
};

static void data(struct ct_netlink_out *field, struct ct_netlink_bytes body,
		 enum ct_netlink_table extra)
{
	static const enum ct_netlink_table kinds[] = {
		CT_NETLINK_veth,  CT_NETLINK_vlan,   CT_NETLINK_macvlan,
		CT_NETLINK_vxlan, CT_NETLINK_bridge,
	};
	/* the field before this one */
	const struct ct_arg *kind = field->arg - 1;

	extra = CT_NETLINK_NONE;
	if (field->room && kind->name && !strcmp(kind->name, "IFLA_INFO_KIND"))
		for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
			if (!strcmp(kind->str, tables[kinds[i]].name))
				extra = kinds[i];
	nested(field, body, extra);
}

size_t ct_netlink_count(struct ct_netlink_bytes attributes)
{
	struct ct_netlink_attr attr;
	size_t n = 0;

	while (ct_netlink_attr(&attributes, &attr))
		n++;
	return n;
}

static const struct row *find(enum ct_netlink_table table, uint16_t type)
{
	for (size_t i = 0; i < tables[table].count; i++)
		if (tables[table].rows[i].type == type)
			return &tables[table].rows[i];
	return NULL;
}

void ct_netlink_add(struct ct_netlink_out *out, struct ct_netlink_bytes attributes,
		    enum ct_netlink_table table)
{
	struct ct_netlink_attr attr;
	bool others = false;

	while (ct_netlink_attr(&attributes, &attr)) {
		const struct row *row = find(table, attr.type);
		struct ct_netlink_out field = { .in = out->in, .depth = out->depth + 1 };
		size_t start;

		if (!row || out->depth == DEPTH_MAX) {
			others = true;
			continue;
		}
		/* a field before it, for those that depend on it */
		field.room = out->arg->n_items;
		field.arg = ct_netlink_begin(out, row->name, &start);
		row->decode(&field, attr.body, row->extra);
		ct_netlink_end(out, field.arg, start);
	}
	if (!others)
		return;
	separate(out->in->text);
	ct_strbuf_adds(out->in->text, "...");
}
