/* SPDX-License-Identifier: MIT */
/* Arguments that are bytes: strings, buffers, vectors of strings. */
#include "kinds.h"
#include "quote.h"

static void set_bytes(struct ct_arg *arg, const struct ct_arg_in *in,
		      struct ct_span bytes)
{
	arg->type = CT_VALUE_STR;
	arg->str = ct_span_copy(bytes, in->arena);
	arg->len = ct_span_len(bytes);
	ct_quote(in->text, bytes, arg->truncated);
}

void ct_arg_str(struct ct_arg *arg, const struct ct_arg_in *in)
{
	struct ct_span bytes;

	if (ct_arg_bytes(arg, in, CT_BLOB_STR, &bytes))
		set_bytes(arg, in, bytes);
}

void ct_arg_quoted(struct ct_arg *arg, const struct ct_arg_in *in)
{
	struct ct_span bytes;

	if (ct_arg_bytes(arg, in, CT_BLOB_MEM, &bytes))
		set_bytes(arg, in, bytes);
}

/* A name in a field of its own: up to its NUL, if it has one. */
void ct_arg_name_field(struct ct_arg *arg, const struct ct_arg_in *in)
{
	struct ct_span rest = in->field;

	set_bytes(arg, in, ct_span_until(&rest, '\0'));
}

size_t ct_count_strings(struct ct_span rest)
{
	size_t n = 0;

	for (; rest.at < rest.end; n++)
		ct_span_until(&rest, '\0');
	return n;
}

void ct_arg_strv(struct ct_arg *arg, const struct ct_arg_in *in)
{
	struct ct_span rest;

	if (!ct_arg_bytes(arg, in, CT_BLOB_STRV, &rest))
		return;
	arg->type = CT_VALUE_LIST;
	arg->items = ct_arena_array(in->arena, struct ct_arg, ct_count_strings(rest));
	ct_strbuf_addc(in->text, '[');
	while (rest.at < rest.end) {
		struct ct_arg *item = &arg->items[arg->n_items++];
		size_t start = in->text->len;

		item->ns_type = -1;
		set_bytes(item, in, ct_span_until(&rest, '\0'));
		item->text = ct_arena_strndup(in->arena, in->text->data + start,
					      in->text->len - start);
		if (rest.at < rest.end)
			ct_strbuf_adds(in->text, ", ");
	}
	ct_strbuf_adds(in->text, arg->truncated ? ", ...]" : "]");
}
