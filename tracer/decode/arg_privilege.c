/* SPDX-License-Identifier: MIT */
/* Arguments that point to capability sets and to seccomp programs. */
#include "kinds.h"
#include "quote.h"

#define CAP_SETS 3 /* in each struct __user_cap_data_struct */

static uint64_t cap_word(struct ct_span bytes, size_t n)
{
	return ct_span_len(bytes) >= (n + 1) * 4 ? ct_span_load(bytes, n * 4, 4) : 0;
}

/* capset's data: the lower 32 bits of three sets and then, from version 2 on, the upper.
 */
void ct_arg_cap_data(struct ct_arg *arg, const struct ct_arg_in *in)
{
	static const char *const names[CAP_SETS] = { "effective", "permitted",
						     "inheritable" };
	struct ct_span bytes;

	if (!ct_arg_bytes(arg, in, CT_BLOB_MEM, &bytes))
		return;
	arg->type = CT_VALUE_FIELDS;
	arg->items = ct_arena_array(in->arena, struct ct_arg, CAP_SETS);
	for (size_t i = 0; i < CAP_SETS; i++) {
		struct ct_arg_in item = *in;

		item.kind = &ct_kinds[CT_KIND_cap_set];
		item.raw = cap_word(bytes, i) | cap_word(bytes, CAP_SETS + i) << 32;
		ct_strbuf_addf(in->text, "%s%s=", i ? ", " : "{", names[i]);
		ct_arg_decode(&arg->items[arg->n_items++], names[i], &item);
	}
	ct_strbuf_addc(in->text, '}');
}

/* struct sock_fprog: the record has its length in 8 bytes, then the instructions. */
void ct_arg_fprog(struct ct_arg *arg, const struct ct_arg_in *in)
{
	struct ct_span bytes;
	uint64_t len;

	if (!ct_arg_bytes(arg, in, CT_BLOB_MEM, &bytes))
		return;
	if (ct_span_len(bytes) < 8) {
		ct_arg_unknown(arg, in);
		return;
	}
	len = ct_span_load(bytes, 0, 2);
	bytes.at += 8;
	arg->type = CT_VALUE_FIELDS;
	arg->items = ct_arena_array(in->arena, struct ct_arg, 2);
	arg->n_items = 2;
	arg->items[0] = (struct ct_arg){ .name = "len",
					 .type = CT_VALUE_INT,
					 .i = (int64_t)len,
					 .ns_type = -1,
					 .text = ct_arena_printf(in->arena, "%u",
								 (unsigned int)len) };
	arg->items[1] = (struct ct_arg){ .name = "filter",
					 .type = CT_VALUE_STR,
					 .str = ct_span_copy(bytes, in->arena),
					 .len = ct_span_len(bytes),
					 .truncated = arg->truncated,
					 .ns_type = -1,
					 .text = "[...]" };
	ct_strbuf_addf(in->text, "%u instruction%s", (unsigned int)len,
		       len == 1 ? "" : "s");
}

/* An address within a struct; the instructions are beside it if they were copied. */
void ct_arg_insns(struct ct_arg *arg, const struct ct_arg_in *in)
{
	const struct ct_blob *blob = ct_arg_blob(in, CT_BLOB_INSNS);
	struct ct_span bytes;

	if (!blob) {
		ct_arg_ptr(arg, in);
		return;
	}
	bytes = ct_blob_span(blob);
	arg->type = CT_VALUE_STR;
	arg->str = ct_span_copy(bytes, in->arena);
	arg->len = ct_span_len(bytes);
	arg->truncated = blob->flags & CT_BLOB_CUT;
	ct_strbuf_adds(in->text, "[...]");
}
