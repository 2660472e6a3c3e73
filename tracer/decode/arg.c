/* SPDX-License-Identifier: MIT */
/* What the functions of all kinds share. */
#include "arg.h"

#include "kinds.h"

#include <string.h>

void ct_arg_decode(struct ct_arg *arg, const char *name, const struct ct_arg_in *in)
{
	size_t start = in->text->len;

	arg->name = name;
	arg->ns_type = -1;
	in->kind->decode(arg, in);
	arg->text = ct_arena_strndup(in->arena, in->text->data + start,
				     in->text->len - start);
}

const struct ct_blob *ct_arg_blob(const struct ct_arg_in *in, enum ct_blob_kind kind)
{
	const struct ct_blob *blob = ct_record_find(in->rec, kind, in->index);

	return blob && !(blob->flags & CT_BLOB_UNREADABLE) ? blob : NULL;
}

void ct_arg_unknown(struct ct_arg *arg, const struct ct_arg_in *in)
{
	arg->type = CT_VALUE_NONE;
	ct_strbuf_addc(in->text, '?');
}

bool ct_arg_bytes(struct ct_arg *arg, const struct ct_arg_in *in, enum ct_blob_kind kind,
		  struct ct_span *bytes)
{
	const struct ct_blob *blob = ct_arg_blob(in, kind);

	if (blob) {
		*bytes = ct_blob_span(blob);
		arg->truncated = blob->flags & CT_BLOB_CUT;
		return true;
	}
	if (in->raw == 0 || in->kind->out) {
		ct_arg_ptr(arg, in);
		return false;
	}
	ct_arg_unknown(arg, in);
	return false;
}

uint64_t ct_span_load(struct ct_span bytes, size_t offset, size_t width)
{
	uint64_t value = 0;

	memcpy(&value, bytes.at + offset, width);
	return value;
}
