/* SPDX-License-Identifier: MIT */
/* One function per way of writing, chosen by the function that decodes the kind. */
#include "convert.h"

#include "quote.h"

#include <string.h>
#include <sys/wait.h>

struct ct_arg *ct_log_item(const struct ct_arg *arg, const char *name)
{
	for (size_t i = 0; i < arg->n_items; i++)
		if (arg->items[i].name && !strcmp(arg->items[i].name, name))
			return &arg->items[i];
	return NULL;
}

void ct_log_quote(struct ct_arg *arg, struct ct_arena *arena)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	if (arg->type != CT_VALUE_STR)
		return;
	ct_quote(&text, ct_span_of(arg->str, arg->len), arg->truncated);
	arg->text = ct_arena_strndup(arena, text.data, text.len);
}

/* Numbers are decoded again, so that they read as in a trace of our own. */
static void number(struct ct_arg *arg, const struct ct_log_convert *in)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	struct ct_arg_in again = { .rec = in->rec,
				   .kind = in->kind,
				   .index = in->index,
				   .raw = (uint64_t)arg->i,
				   .arena = in->binder->arena,
				   .text = &text };
	const char *name = arg->name;

	if (arg->type != CT_VALUE_INT && arg->type != CT_VALUE_PTR)
		return;
	*arg = (struct ct_arg){ 0 };
	ct_arg_decode(arg, name, &again);
}

static void string(struct ct_arg *arg, const struct ct_log_convert *in)
{
	if (arg->type == CT_VALUE_INT)
		arg->type = CT_VALUE_PTR;
	ct_log_quote(arg, in->binder->arena);
}

static void strings(struct ct_arg *arg, const struct ct_log_convert *in)
{
	string(arg, in);
	for (size_t i = 0; i < arg->n_items; i++)
		ct_log_quote(&arg->items[i], in->binder->arena);
}

static const struct ct_field *field_of(const struct ct_layout *layout, const char *name)
{
	for (size_t i = 0; i < layout->count; i++)
		if (!strcmp(layout->fields[i].name, name))
			return &layout->fields[i];
	return NULL;
}

/* The decoder leaves some fields out while they are 0. */
static bool is_left_out(const struct ct_arg *item, const struct ct_layout *layout)
{
	const struct ct_field *field = layout ? field_of(layout, item->name) : NULL;

	return field && field->maybe && !item->i &&
	       (item->type == CT_VALUE_INT || item->type == CT_VALUE_PTR);
}

void ct_log_spell(struct ct_arg *arg, const struct ct_layout *layout,
		  struct ct_arena *arena)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	bool named = arg->type == CT_VALUE_FIELDS;

	ct_strbuf_addc(&sb, named ? '{' : '[');
	for (size_t i = 0; i < arg->n_items; i++) {
		const struct ct_arg *item = &arg->items[i];

		if (named && is_left_out(item, layout))
			continue;
		ct_strbuf_addf(&sb, "%s%s%s%s", sb.len > 1 ? ", " : "",
			       named ? item->name : "", named ? "=" : "", item->text);
	}
	if (arg->truncated)
		ct_strbuf_adds(&sb, sb.len > 1 ? ", ..." : "...");
	ct_strbuf_addc(&sb, named ? '}' : ']');
	arg->text = ct_arena_strndup(arena, sb.data, sb.len);
}

static void convert_items(struct ct_arg *arg, const struct ct_log_convert *in,
			  const struct ct_layout *layout)
{
	for (size_t i = 0; i < arg->n_items; i++) {
		const struct ct_field *field = field_of(layout, arg->items[i].name);
		struct ct_log_convert item = *in;

		if (!field)
			continue;
		item.kind = &ct_kinds[field->kind];
		ct_log_convert(&arg->items[i], &item);
	}
}

static void structure(struct ct_arg *arg, const struct ct_log_convert *in)
{
	string(arg, in);
	if (arg->type != CT_VALUE_FIELDS)
		return;
	convert_items(arg, in, in->kind->layout);
	ct_log_spell(arg, in->kind->layout, in->binder->arena);
}

static void capabilities(struct ct_arg *arg, const struct ct_log_convert *in)
{
	struct ct_log_convert item = *in;

	string(arg, in);
	item.kind = &ct_kinds[CT_KIND_cap_set];
	for (size_t i = 0; i < arg->n_items; i++)
		number(&arg->items[i], &item);
	if (arg->type == CT_VALUE_FIELDS)
		ct_log_spell(arg, NULL, in->binder->arena);
}

static void socket_address(struct ct_arg *arg, const struct ct_log_convert *in)
{
	const struct ct_arg *path;
	struct ct_arg *family;

	string(arg, in);
	family = ct_log_item(arg, "sa_family");
	if (family) {
		struct ct_log_convert item = *in;

		item.kind = &ct_kinds[CT_KIND_address_family];
		number(family, &item);
	}
	path = ct_log_item(arg, "sun_path");
	if (path && path->type == CT_VALUE_STR && path->len && *path->str == '/')
		arg->path = path->str;
}

/* "[{WIFEXITED(s) && WEXITSTATUS(s) == 1}]" */
static void wait_status(struct ct_arg *arg, const struct ct_log_convert *in)
{
	const char *exited = strstr(arg->text, "WEXITSTATUS(s) == ");
	const char *killed = strstr(arg->text, "WTERMSIG(s) == ");
	struct ct_span word;
	uint64_t value = 0;

	if (exited) {
		word = ct_span_of(exited + 18, strlen(exited + 18));
		if (!ct_span_number(&word, 255, &value))
			return;
		value = (uint64_t)W_EXITCODE((int)value, 0);
	} else if (killed) {
		word = ct_span_of(killed + 15, strcspn(killed + 15, " }&"));
		if (!ct_symbols_find(in->binder->symbols, word, &value))
			return;
		value = (uint64_t)W_EXITCODE(0, (int)value);
	} else {
		string(arg, in);
		return;
	}
	arg->type = CT_VALUE_INT;
	arg->i = (int64_t)value;
	arg->items = NULL;
	arg->n_items = 0;
	arg->text = exited ? ct_arena_printf(in->binder->arena, "[exited %d]",
					     WEXITSTATUS((int)value))
			   : arg->text;
}

static void by_operation(struct ct_arg *arg, const struct ct_log_convert *in)
{
	struct ct_arg_in which = { .rec = in->rec, .kind = in->kind, .index = in->index };
	struct ct_log_convert inner = *in;

	inner.kind = ct_op_kind(&which);
	if (inner.kind != in->kind)
		ct_log_convert(arg, &inner);
}

static const struct {
	ct_arg_fn *decode;
	ct_log_convert_fn *convert;
} converters[] = {
	{ ct_arg_int, number },           { ct_arg_uint, number },
	{ ct_arg_long, number },          { ct_arg_size, number },
	{ ct_arg_hex, number },           { ct_arg_ptr, number },
	{ ct_arg_mode, number },          { ct_arg_node_mode, number },
	{ ct_arg_dev, number },           { ct_arg_rlim, number },
	{ ct_arg_rlim32, number },        { ct_arg_signal, number },
	{ ct_arg_flags, number },         { ct_arg_enum, number },
	{ ct_arg_keyring, number },       { ct_arg_clone_flags, number },
	{ ct_arg_bit_set, number },       { ct_arg_socket_protocol, number },
	{ ct_arg_fd, ct_log_file },       { ct_arg_path, ct_log_path },
	{ ct_arg_str, string },           { ct_arg_mount_source, ct_log_mount_source },
	{ ct_arg_strv, strings },         { ct_arg_quoted, ct_log_bytes },
	{ ct_arg_struct, structure },     { ct_arg_message, ct_log_message },
	{ ct_arg_ints, string },          { ct_arg_cap_data, capabilities },
	{ ct_arg_fprog, ct_log_program }, { ct_arg_sockaddr, socket_address },
	{ ct_arg_by_op, by_operation },   { ct_arg_wait_status, wait_status },
	{ ct_arg_open_flags, number },
};

void ct_log_convert(struct ct_arg *arg, const struct ct_log_convert *in)
{
	for (size_t i = 0; i < sizeof(converters) / sizeof(*converters); i++)
		if (converters[i].decode == in->kind->decode) {
			converters[i].convert(arg, in);
			break;
		}
	/* what is not a descriptor has no file behind it, though a pid has a name */
	if (in->kind->decode != ct_arg_fd && in->kind->decode != ct_arg_path &&
	    in->kind->decode != ct_arg_mount_source &&
	    in->kind->decode != ct_arg_sockaddr && in->kind->decode != ct_arg_by_op)
		arg->path = NULL;
}
