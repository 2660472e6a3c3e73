/* SPDX-License-Identifier: MIT */
/* Attributes of netlink messages as named values. */
#ifndef CTTRACE_DECODE_NETLINK_ATTR_H
#define CTTRACE_DECODE_NETLINK_ATTR_H

#include "arg.h"
#include "netlink.h"

/* The attributes that a message, or an attribute, may have: netlink.def. */
struct ct_netlink_attrs;

enum ct_netlink_table {
	CT_NETLINK_NONE,
#define ATTRS(table) CT_NETLINK_##table,
#define ATTR(type, function, extra)
#define END(table)
#include "netlink.def"
#undef ATTRS
#undef ATTR
#undef END
	CT_NETLINK_TABLES,
};

/* What a request was answered, if that was seen when it returned. */
void ct_decode_answers(struct ct_event *event, const struct ct_record *rec,
		       struct ct_arena *arena);

/* A struct that is being filled: arg->items has `room` places. */
struct ct_netlink_out {
	struct ct_arg *arg;
	const struct ct_arg_in *in;
	size_t room;
	unsigned int depth; /* of nested attributes so far */
};

/* Begins a struct that has room for so many fields; its text is open until the end. */
void ct_netlink_open(struct ct_netlink_out *out, size_t room);
void ct_netlink_close(struct ct_netlink_out *out);
/* Adds ", name=" to the text, and the field; its text is what is appended until then. */
struct ct_arg *ct_netlink_begin(struct ct_netlink_out *out, const char *name,
				size_t *start);
void ct_netlink_end(struct ct_netlink_out *out, struct ct_arg *field, size_t start);

/* How many fields the attributes can become. */
size_t ct_netlink_count(struct ct_netlink_bytes attributes);
/* Adds those that the table has; for others one "..." in the text. */
void ct_netlink_add(struct ct_netlink_out *out, struct ct_netlink_bytes attributes,
		    enum ct_netlink_table table);

/* All messages in the bytes, as a list; appends its text to in->text. */
void ct_netlink_messages(struct ct_arg *arg, const struct ct_arg_in *in, int protocol,
			 struct ct_netlink_bytes bytes);

#endif
