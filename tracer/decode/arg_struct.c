/* SPDX-License-Identifier: MIT */
/* Arguments that point to a struct, by the tables of layouts.def. */
#include "kinds.h"

#include <string.h>
#include <sys/socket.h>

static void shorten(struct ct_strbuf *text, size_t len)
{
	text->len = len;
	text->data[len] = '\0';
}

void ct_arg_fields(struct ct_arg *arg, const struct ct_arg_in *in,
		   const struct ct_layout *layout, struct ct_span bytes)
{
	for (size_t i = 0; i < layout->count; i++) {
		const struct ct_field *field = &layout->fields[i];
		size_t before = in->text->len;
		struct ct_arg_in item = *in;

		if ((size_t)field->offset + field->width > ct_span_len(bytes))
			break;
		item.kind = &ct_kinds[field->kind];
		item.field = ct_span_of(bytes.at + field->offset, field->width);
		item.raw = field->width > sizeof(item.raw)
				   ? 0
				   : ct_span_load(bytes, field->offset, field->width);
		ct_strbuf_addf(in->text,
			       "%s%s=", in->text->data[before - 1] == '{' ? "" : ", ",
			       field->name);
		ct_arg_decode(&arg->items[arg->n_items++], field->name, &item);
		if (field->maybe && item.raw == 0)
			shorten(in->text, before);
	}
}

/* Is the descriptor in the call's first argument a socket of IPv6? */
static bool is_inet6(const struct ct_arg_in *in)
{
	const struct ct_blob *blob = ct_record_find(in->rec, CT_BLOB_FAMILY, 0);
	int32_t family;

	if (!blob || blob->len < sizeof(family))
		return false;
	memcpy(&family, ct_blob_bytes(blob), sizeof(family));
	return family == AF_INET6;
}

static const struct ct_layout *layout_of(const struct ct_arg_in *in)
{
	const struct ct_kind *kind = in->kind;

	if (kind->layout6 && is_inet6(in))
		return kind->layout6;
	if (kind->layout32 && ct_arch_is_narrow((enum ct_arch)in->rec->arch))
		return kind->layout32;
	if (kind->layout_arm64 && in->rec->arch == CT_ARCH_AARCH64)
		return kind->layout_arm64;
	return kind->layout;
}

void ct_arg_struct(struct ct_arg *arg, const struct ct_arg_in *in)
{
	const struct ct_layout *layout = layout_of(in);
	struct ct_span bytes;

	if (!ct_arg_bytes(arg, in, CT_BLOB_MEM, &bytes))
		return;
	arg->type = CT_VALUE_FIELDS;
	arg->items = ct_arena_array(in->arena, struct ct_arg, layout->count);
	ct_strbuf_addc(in->text, '{');
	ct_arg_fields(arg, in, layout, bytes);
	ct_strbuf_addc(in->text, '}');
}
