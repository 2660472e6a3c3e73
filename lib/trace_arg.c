/* SPDX-License-Identifier: MIT */
/* The keys of an argument. */
#include "trace_rows.h"

#include "cttrace/strbuf.h"

#include <inttypes.h>
#include <string.h>

/*
 * The text that an argument has when nobody found better words for its value. It is not
 * written: most arguments are like that, and a trace is half as long without.
 */
static void plain_text(struct ct_strbuf *out, const struct ct_arg *arg)
{
	if (arg->type == CT_VALUE_INT)
		ct_strbuf_add_int(out, arg->i);
	else if (arg->type == CT_VALUE_PTR)
		ct_strbuf_addf(out, "0x%" PRIx64, (uint64_t)arg->i);
	else if (arg->type == CT_VALUE_STR) {
		ct_strbuf_addc(out, '"');
		ct_strbuf_adds(out, arg->str ? arg->str : "");
		ct_strbuf_addc(out, '"');
	} else {
		ct_strbuf_addc(out, '?');
	}
}

static void write_text(struct ct_json_out *out, const struct ct_json_field *field,
		       const void *object)
{
	const struct ct_arg *arg = object;
	CT_CLEANUP_STRBUF struct ct_strbuf plain = CT_STRBUF_INIT;

	if (!arg->text)
		return;
	plain_text(&plain, arg);
	if (strcmp(arg->text, plain.data) != 0)
		ct_json_maybe_text.write(out, field, object);
}

static int read_text(struct ct_json_reader *reader, const struct ct_json_field *field,
		     const struct ct_json_node *value, void *object)
{
	return ct_json_maybe_text.read(reader, field, value, object);
}

static const struct ct_json_type arg_text = { write_text, read_text, true };

static int settle_arg(struct ct_json_reader *reader, void *object)
{
	struct ct_strbuf *plain = &reader->scratch;
	struct ct_arg *arg = object;

	if (arg->text)
		return 0;
	ct_strbuf_reset(plain);
	plain_text(plain, arg);
	arg->text = ct_string_cache_get(reader->strings, plain->data, plain->len);
	return 0;
}

static const char *ns_name(int ns)
{
	return ct_ns_name((enum ct_ns)ns);
}

/* What is no namespace has no type of one, whatever the member says. */
static void write_ns_type(struct ct_json_out *out, const struct ct_json_field *field,
			  const void *object)
{
	const struct ct_arg *arg = object;

	if (arg->ns_inode)
		ct_json_enum.write(out, field, object);
}

static int read_ns_type(struct ct_json_reader *reader, const struct ct_json_field *field,
			const struct ct_json_node *value, void *object)
{
	return ct_json_enum.read(reader, field, value, object);
}

static const struct ct_json_type ns_type = { write_ns_type, read_ns_type, true };

#define MEMBER(member) CT_JSON_MEMBER(struct ct_arg, member)
#define ITEMS          MEMBER(items), .count = offsetof(struct ct_arg, n_items)
#define WHEN(tag)      .when = { offsetof(struct ct_arg, type), ~0u, (tag) }

/* the first row is only for arguments with names */
static const struct ct_json_field arg_rows[] = {
	{ "name", &ct_json_text, MEMBER(name), .required = true },
	{ "int", &ct_json_int, MEMBER(i), .min = INT64_MIN, .max = INT64_MAX,
	  WHEN(CT_VALUE_INT) },
	{ "ptr", &ct_json_hex, MEMBER(i), WHEN(CT_VALUE_PTR) },
	{ "str", &ct_json_bytes, MEMBER(str), .count = offsetof(struct ct_arg, len),
	  WHEN(CT_VALUE_STR) },
	{ "list", &ct_json_list, ITEMS, .shape = &ct_trace_item_shape,
	  WHEN(CT_VALUE_LIST) },
	{ "fields", &ct_json_list, ITEMS, .shape = &ct_trace_arg_shape,
	  WHEN(CT_VALUE_FIELDS) },
	{ "cut", &ct_json_flag, MEMBER(truncated) },
	{ "text", &arg_text, MEMBER(text) },
	{ "path", &ct_json_maybe_text, MEMBER(path) },
	{ "ns", &ct_json_int, MEMBER(ns_inode), .max = INT64_MAX },
	{ "ns_type", &ns_type, MEMBER(ns_type), .name_of = ns_name,
	  .max = CT_NS_TYPES - 1, .absent = -1 },
	{ "mount", &ct_json_int, MEMBER(mount), .max = INT64_MAX },
};

const struct ct_json_shape ct_trace_arg_shape = {
	CT_JSON_SHAPE(struct ct_arg, arg_rows),
	.settle = settle_arg,
};

const struct ct_json_shape ct_trace_item_shape = {
	.size = sizeof(struct ct_arg),
	.fields = arg_rows + 1,
	.n_fields = sizeof(arg_rows) / sizeof(arg_rows[0]) - 1,
	.settle = settle_arg,
};
