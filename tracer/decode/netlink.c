/* SPDX-License-Identifier: MIT */
/* What is sent and received on sockets: netlink's messages, or just bytes. */
#include "netlink_attr.h"

#include "cttrace/errno.h"
#include "kinds.h"

#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#define HEADER_FIELDS 6 /* of nlmsghdr, and an error's */
#define NO_HEADER     CT_KINDS

enum {
	CT_KIND_NONE = NO_HEADER,
	CT_KIND_SIZE_NONE = 0,
};

static const struct form {
	int protocol;
	uint16_t type;
	const char *name;
	enum ct_kind_id header; /* NO_HEADER: that is not decoded */
	size_t header_size;
	enum ct_netlink_table attributes;
} forms[] = {
#define MESSAGE(protocol, type, header, attributes) \
	{ protocol,                                 \
	  type,                                     \
	  #type,                                    \
	  (enum ct_kind_id)CT_KIND_##header,        \
	  CT_KIND_SIZE_##header,                    \
	  CT_NETLINK_##attributes },
#define NFT_MESSAGE(message, attributes)         \
	{ NETLINK_NETFILTER,                     \
	  NFNL_SUBSYS_NFTABLES << 8 | (message), \
	  #message,                              \
	  CT_KIND_nfgenmsg,                      \
	  CT_KIND_SIZE_nfgenmsg,                 \
	  CT_NETLINK_##attributes },
#include "netlink.def"
};

static const struct form *find(int protocol, uint16_t type)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (forms[i].protocol == protocol && forms[i].type == type)
			return &forms[i];
	return NULL;
}

static void add_number(struct ct_netlink_out *out, const char *name, int64_t value)
{
	size_t start;
	struct ct_arg *field = ct_netlink_begin(out, name, &start);

	field->type = CT_VALUE_INT;
	field->i = value;
	ct_strbuf_addf(out->in->text, "%lld", (long long)value);
	ct_netlink_end(out, field, start);
}

static void add_type(struct ct_netlink_out *out, const char *field_name, int protocol,
		     uint16_t type)
{
	static const char *const control[] = { [NLMSG_NOOP] = "NLMSG_NOOP",
					       [NLMSG_ERROR] = "NLMSG_ERROR",
					       [NLMSG_DONE] = "NLMSG_DONE",
					       [NLMSG_OVERRUN] = "NLMSG_OVERRUN" };
	const struct form *form = find(protocol, type);
	const char *name = form ? form->name : NULL;
	size_t start;
	struct ct_arg *field = ct_netlink_begin(out, field_name, &start);

	if (type < sizeof(control) / sizeof(*control))
		name = control[type];
	field->type = CT_VALUE_INT;
	field->i = type;
	if (name)
		ct_strbuf_adds(out->in->text, name);
	else
		ct_strbuf_addf(out->in->text, "%#x", type);
	ct_netlink_end(out, field, start);
}

/* The same bits mean one thing in a question, another in what makes something, … */
static enum ct_kind_id kind_of_flags(int protocol, uint16_t type)
{
	bool asks = protocol == NETLINK_ROUTE && type >= RTM_BASE &&
		    (type & 3) == (RTM_GETLINK & 3);

	if (type == NLMSG_ERROR || type == NLMSG_DONE)
		return CT_KIND_nlmsg_ack_flags;
	return asks ? CT_KIND_nlmsg_get_flags : CT_KIND_nlmsg_new_flags;
}

static void add_flags(struct ct_netlink_out *out, int protocol, uint16_t type,
		      uint16_t flags)
{
	struct ct_arg_in in = *out->in;
	size_t start;
	struct ct_arg *field = ct_netlink_begin(out, "nlmsg_flags", &start);

	in.kind = &ct_kinds[kind_of_flags(protocol, type)];
	in.raw = flags;
	in.kind->decode(field, &in);
	ct_netlink_end(out, field, start);
}

/* struct nlmsgerr: the errno, the header of the request or all of it, then attributes. */
static void add_error(struct ct_netlink_out *out, int protocol,
		      const struct ct_netlink_message *message)
{
	struct ct_netlink_bytes rest = message->body;
	struct ct_netlink_message asked = { 0 };
	struct ct_arg *field;
	int32_t error;
	size_t start;

	if (ct_netlink_len(rest) < sizeof(error))
		return;
	memcpy(&error, rest.at, sizeof(error));
	ct_netlink_skip(&rest, sizeof(error));
	field = ct_netlink_begin(out, "error", &start);
	field->type = CT_VALUE_INT;
	field->i = error;
	if (error < 0 && error >= -4095)
		ct_strbuf_addf(out->in->text, "-%s", ct_errno_name(-error));
	else
		ct_strbuf_addf(out->in->text, "%d", error);
	ct_netlink_end(out, field, start);
	if (message->type == NLMSG_ERROR) {
		struct ct_netlink_bytes whole = rest;

		if (!ct_netlink_next(&whole, &asked))
			return;
		add_type(out, "request", protocol, asked.type);
		/* without NLM_F_CAPPED all of the request has come back */
		if (message->flags & NLM_F_CAPPED)
			ct_netlink_skip(&rest, NLMSG_HDRLEN);
		else
			rest = whole;
	}
	if (message->flags & NLM_F_ACK_TLVS)
		ct_netlink_add(out, rest, CT_NETLINK_acknowledgement);
}

static void add_body(struct ct_netlink_out *out, const struct form *form,
		     struct ct_netlink_bytes body)
{
	struct ct_span head = ct_span_of(body.at, ct_netlink_len(body));

	if (form->header == NO_HEADER)
		return;
	ct_arg_fields(out->arg, out->in, ct_kinds[form->header].layout, head);
	ct_netlink_skip(&body, form->header_size);
	ct_netlink_add(out, body, form->attributes);
}

static size_t count_fields(const struct form *form, struct ct_netlink_bytes body)
{
	size_t n = HEADER_FIELDS;

	if (form && form->header != NO_HEADER) {
		n += ct_kinds[form->header].layout->count;
		ct_netlink_skip(&body, form->header_size);
	}
	/* of an error's attributes one is shown, which may come again and again */
	return n + ct_netlink_len(body) / NLA_HDRLEN;
}

static void add_message(struct ct_arg *item, const struct ct_arg_in *in, int protocol,
			const struct ct_netlink_message *message)
{
	const struct form *form = find(protocol, message->type);
	struct ct_netlink_out out = { .arg = item, .in = in };
	size_t start = in->text->len;

	item->ns_type = -1;
	ct_netlink_open(&out, count_fields(form, message->body));
	add_type(&out, "nlmsg_type", protocol, message->type);
	add_flags(&out, protocol, message->type, message->flags);
	add_number(&out, "nlmsg_seq", message->seq);
	if (message->type == NLMSG_ERROR || message->type == NLMSG_DONE)
		add_error(&out, protocol, message);
	else if (form)
		add_body(&out, form, message->body);
	ct_netlink_close(&out);
	item->truncated = message->cut;
	ct_netlink_end(&out, item, start);
}

void ct_netlink_messages(struct ct_arg *arg, const struct ct_arg_in *in, int protocol,
			 struct ct_netlink_bytes bytes)
{
	struct ct_netlink_bytes rest = bytes;
	struct ct_netlink_message message;
	size_t n = 0;

	while (ct_netlink_next(&rest, &message))
		n++;
	arg->type = CT_VALUE_LIST;
	arg->items = ct_arena_array(in->arena, struct ct_arg, n);
	ct_strbuf_addc(in->text, '[');
	while (ct_netlink_next(&bytes, &message)) {
		if (arg->n_items)
			ct_strbuf_adds(in->text, ", ");
		add_message(&arg->items[arg->n_items++], in, protocol, &message);
	}
	ct_strbuf_adds(in->text, arg->truncated ? ", ...]" : "]");
}

/* Of the messages of a call: whose they are; -1: netlink's they are not. */
static int protocol_of(const struct ct_arg_in *in)
{
	const struct ct_blob *blob = ct_arg_blob(in, CT_BLOB_NETLINK);
	int32_t protocol;

	if (!blob || blob->len < sizeof(protocol))
		return -1;
	memcpy(&protocol, ct_blob_bytes(blob), sizeof(protocol));
	return protocol;
}

/* What the kernel calls an interface is said beside the number that means it. */
static void name_interface(const struct ct_arg *messages, const struct ct_arg_in *in)
{
	const struct ct_blob *name = ct_arg_blob(in, CT_BLOB_INTERFACE);

	for (size_t i = 0; name && messages->n_items && i < messages->items[0].n_items;
	     i++) {
		struct ct_arg *item = &messages->items[0].items[i];

		if (item->type != CT_VALUE_INT || (strcmp(item->name, "ifi_index") != 0 &&
						   strcmp(item->name, "ifa_index") != 0))
			continue;
		item->path = ct_arena_strndup(in->arena, ct_blob_bytes(name), name->len);
		item->text = ct_arena_printf(in->arena, "%lld<%s>", (long long)item->i,
					     item->path);
		return;
	}
}

/* Is it netlink's? Then *arg is finished. */
static bool decode_netlink(struct ct_arg *arg, const struct ct_arg_in *in,
			   enum ct_blob_kind kind)
{
	const struct ct_blob *bytes = ct_arg_blob(in, kind);
	int protocol = protocol_of(in);

	if (protocol < 0 || !bytes)
		return false;
	arg->truncated = bytes->flags & CT_BLOB_CUT;
	ct_netlink_messages(arg, in, protocol,
			    ct_netlink_bytes_of(ct_blob_bytes(bytes), bytes->len));
	return true;
}

void ct_decode_answers(struct ct_event *event, const struct ct_record *rec,
		       struct ct_arena *arena)
{
	enum { MESSAGES = 1 }; /* number of the argument */
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	struct ct_arg_in in = {
		.rec = rec,
		.kind = &ct_kinds[CT_KIND_received],
		.index = MESSAGES,
		.arena = arena,
		.text = &text,
	};
	struct ct_arg list = { .ns_type = -1 };

	if (!decode_netlink(&list, &in, CT_BLOB_ANSWER))
		return;
	event->answers = list.items;
	event->n_answers = list.n_items;
}

void ct_arg_message(struct ct_arg *arg, const struct ct_arg_in *in)
{
	if (decode_netlink(arg, in, CT_BLOB_MEM))
		name_interface(arg, in);
	else
		ct_arg_quoted(arg, in);
}

/* The third number of socket(2) means what the first one says. */
void ct_arg_socket_protocol(struct ct_arg *arg, const struct ct_arg_in *in)
{
	if ((int)in->rec->args[0] == AF_NETLINK)
		ct_arg_enum(arg, in);
	else
		ct_arg_int(arg, in);
}
