/* SPDX-License-Identifier: MIT */
/*
 * strace shows a message of netlink as a header, a struct and pairs of a type and a
 * value; our decoder as one struct with all of their names. What strace has left in bytes
 * is decoded here. Its depth is bounded by that of the values, CT_LOG_DEPTH_MAX.
 */
#include "convert.h"

#include "netlink_attr.h"

#include <linux/netlink.h>
#include <string.h>

#define NFNL_SUBSYSTEM_BITS 8 /* of a type of NETLINK_NETFILTER */

/* Before 5.0 the names had no beginning. */
static const char *const header_names[][2] = {
	{ "type", "nlmsg_type" },
	{ "flags", "nlmsg_flags" },
	{ "seq", "nlmsg_seq" },
};
#define HEADER_NAMES (sizeof(header_names) / sizeof(*header_names))

static bool holds_others(const struct ct_arg *arg)
{
	return arg->type == CT_VALUE_LIST || arg->type == CT_VALUE_FIELDS;
}

static const struct ct_arg *header_item(const struct ct_arg *header, size_t which)
{
	const struct ct_arg *item = ct_log_item(header, header_names[which][1]);

	return item ? item : ct_log_item(header, header_names[which][0]);
}

static bool is_header(const struct ct_arg *arg)
{
	return arg->type == CT_VALUE_FIELDS &&
	       (ct_log_item(arg, "nlmsg_len") || ct_log_item(arg, "len")) &&
	       header_item(arg, 0) && header_item(arg, 2);
}

static bool is_message(const struct ct_arg *arg)
{
	return holds_others(arg) && arg->n_items && is_header(&arg->items[0]);
}

static bool is_attribute(const struct ct_arg *arg)
{
	return holds_others(arg) && arg->n_items && holds_others(&arg->items[0]) &&
	       ct_log_item(&arg->items[0], "nla_type");
}

/* The other end of a pair, which strace leaves in bytes. */
static void decode_pair(struct ct_arg *arg, const struct ct_log_convert *in)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	struct ct_netlink_bytes bytes = ct_netlink_bytes_of(arg->str, arg->len);
	struct ct_arg_in again = { .rec = in->rec,
				   .kind = in->kind,
				   .arena = in->binder->arena,
				   .text = &text };
	struct ct_netlink_out out = { .arg = arg, .in = &again };

	ct_netlink_open(&out, ct_netlink_count(bytes));
	ct_netlink_add(&out, bytes, CT_NETLINK_veth);
	ct_netlink_close(&out);
	arg->text = ct_arena_strndup(again.arena, text.data, text.len);
}

/* recursive: as deep as the values of the log */
static void add_attributes(struct ct_arg *out, const struct ct_arg *from,
			   const struct ct_log_convert *in);

static void add_attribute(struct ct_arg *out, const struct ct_arg *pair,
			  const struct ct_log_convert *in)
{
	struct ct_arg *item = &out->items[out->n_items];
	const struct ct_arg *kind = out->n_items ? item - 1 : NULL;

	if (pair->n_items < 2)
		return;
	out->n_items++;
	*item = pair->items[1];
	item->name = ct_log_item(&pair->items[0], "nla_type")->text;
	item->truncated = false; /* strace's dots: a name without its NUL */
	if (item->type == CT_VALUE_STR && !strcmp(item->name, "IFLA_INFO_DATA") && kind &&
	    kind->type == CT_VALUE_STR && !strcmp(kind->str, "veth")) {
		decode_pair(item, in);
	} else if (item->type == CT_VALUE_STR) {
		ct_log_quote(item, in->binder->arena);
	} else if (holds_others(item)) {
		struct ct_arg nested = { .name = item->name,
					 .type = CT_VALUE_FIELDS,
					 .ns_type = -1 };

		nested.items = ct_arena_array(in->binder->arena, struct ct_arg,
					      item->n_items + 1);
		add_attributes(&nested, item, in);
		if (nested.n_items) {
			ct_log_spell(&nested, NULL, in->binder->arena);
			*item = nested;
		}
	}
}

static void add_attributes(struct ct_arg *out, const struct ct_arg *from,
			   const struct ct_log_convert *in)
{
	if (is_attribute(from)) {
		add_attribute(out, from, in);
		return;
	}
	for (size_t i = 0; holds_others(from) && i < from->n_items; i++)
		if (is_attribute(&from->items[i]))
			add_attribute(out, &from->items[i], in);
}

static void add_header(struct ct_arg *out, const struct ct_arg *header)
{
	for (size_t i = 0; i < HEADER_NAMES; i++) {
		const struct ct_arg *item = header_item(header, i);
		const char *inner;

		if (!item)
			continue;
		out->items[out->n_items] = *item;
		out->items[out->n_items].name = header_names[i][1];
		/* NFNL_SUBSYS_NFTABLES<<8|NFT_MSG_NEWTABLE */
		inner = strrchr(item->text, '|');
		if (i == 0 && inner)
			out->items[out->n_items].text = inner + 1;
		out->n_items++;
	}
}

/* The struct behind the header; of an answer: the errno, and the header of the request.
 */
static void add_body(struct ct_arg *out, const struct ct_arg *body,
		     const struct ct_log_convert *in)
{
	for (size_t i = 0; i < body->n_items; i++) {
		struct ct_arg item = body->items[i];
		uint64_t error;

		if (!strcmp(item.name, "error") && item.text[0] == '-' &&
		    ct_symbols_find(in->binder->symbols,
				    ct_span_of(item.text + 1, strlen(item.text + 1)),
				    &error)) {
			item.type = CT_VALUE_INT;
			item.i = -(int64_t)error;
		} else if (!strcmp(item.name, "msg") &&
			   (is_header(&item) || is_message(&item))) {
			item = *header_item(is_header(&item) ? &item : &item.items[0], 0);
			item.name = "request";
		}
		out->items[out->n_items++] = item;
	}
}

/* The parts of a message that strace could not decode, whose family it did not know. */
static bool decode_bytes(struct ct_arg *out, const struct ct_arg *message,
			 const struct ct_log_convert *in)
{
	CT_CLEANUP_STRBUF struct ct_strbuf bytes = CT_STRBUF_INIT, text = CT_STRBUF_INIT;
	const struct ct_arg *header = &message->items[0], *body = &message->items[1];
	struct nlmsghdr h = { .nlmsg_type = (uint16_t)header_item(header, 0)->i,
			      .nlmsg_seq = (uint32_t)header_item(header, 2)->i };
	struct ct_arg_in again = { .rec = in->rec,
				   .kind = in->kind,
				   .arena = in->binder->arena,
				   .text = &text };
	const struct ct_arg *flags = header_item(header, 1);
	struct ct_arg list = { .ns_type = -1 };

	h.nlmsg_flags = flags ? (uint16_t)flags->i : 0;
	h.nlmsg_len = (uint32_t)(sizeof(h) + body->len);
	ct_strbuf_add(&bytes, &h, sizeof(h));
	ct_strbuf_add(&bytes, body->str, body->len);
	ct_netlink_messages(&list, &again,
			    h.nlmsg_type >> NFNL_SUBSYSTEM_BITS ? NETLINK_NETFILTER
								: NETLINK_ROUTE,
			    ct_netlink_bytes_of(bytes.data, bytes.len));
	if (!list.n_items)
		return false;
	list.items[0].truncated |= body->truncated;
	*out = list.items[0];
	return true;
}

static void convert_message(struct ct_arg *out, const struct ct_arg *message,
			    const struct ct_log_convert *in)
{
	const struct ct_arg *body = message->n_items > 1 ? &message->items[1] : NULL;
	const struct ct_arg *rest = message->n_items > 2 ? &message->items[2] : NULL;
	size_t room;

	/* an answer that has attributes, the kernel's words: [{error=…}, [[…], …]] */
	if (body && body->type == CT_VALUE_LIST && body->n_items &&
	    ct_log_item(&body->items[0], "error")) {
		rest = body->n_items > 1 ? &body->items[1] : NULL;
		body = &body->items[0];
	}
	room = HEADER_NAMES + (body ? body->n_items : 0) + (rest ? rest->n_items : 0) + 1;
	if (body && body->type == CT_VALUE_STR &&
	    header_item(&message->items[0], 0)->type == CT_VALUE_INT &&
	    decode_bytes(out, message, in))
		return;
	*out = (struct ct_arg){ .type = CT_VALUE_FIELDS, .ns_type = -1 };
	out->items = ct_arena_array(in->binder->arena, struct ct_arg, room);
	add_header(out, &message->items[0]);
	if (body && body->type == CT_VALUE_FIELDS)
		add_body(out, body, in);
	if (rest)
		add_attributes(out, rest, in);
	ct_log_spell(out, NULL, in->binder->arena);
}

bool ct_log_netlink(struct ct_arg *arg, const struct ct_log_convert *in)
{
	const struct ct_arg whole = *arg;
	bool one = is_message(&whole);

	if (!one &&
	    (!holds_others(&whole) || !whole.n_items || !is_message(&whole.items[0])))
		return false;
	*arg = (struct ct_arg){ .name = whole.name,
				.type = CT_VALUE_LIST,
				.truncated = whole.truncated,
				.ns_type = -1 };
	arg->items = ct_arena_array(in->binder->arena, struct ct_arg, whole.n_items);
	if (one)
		convert_message(&arg->items[arg->n_items++], &whole, in);
	for (size_t i = 0; !one && i < whole.n_items; i++)
		if (is_message(&whole.items[i]))
			convert_message(&arg->items[arg->n_items++], &whole.items[i], in);
	ct_log_spell(arg, NULL, in->binder->arena);
	return true;
}
