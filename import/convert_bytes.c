/* SPDX-License-Identifier: MIT */
/* Buffers that strace shows in pieces, and programs that it shows in words. */
#include "convert.h"

#include <linux/filter.h>
#include <string.h>

/* Puts the buffers of an array of struct iovec together. */
static void join_buffers(struct ct_arg *arg, const struct ct_arg *vector,
			 struct ct_arena *arena)
{
	CT_CLEANUP_STRBUF struct ct_strbuf bytes = CT_STRBUF_INIT;
	bool truncated = vector->truncated;

	for (size_t i = 0; i < vector->n_items && !truncated; i++) {
		const struct ct_arg *base = ct_log_item(&vector->items[i], "iov_base");

		if (!base || base->type != CT_VALUE_STR)
			return;
		ct_strbuf_add(&bytes, base->str, base->len);
		truncated = base->truncated;
	}
	*arg = (struct ct_arg){ .name = arg->name,
				.type = CT_VALUE_STR,
				.str = ct_arena_strndup(arena, bytes.data, bytes.len),
				.len = bytes.len,
				.truncated = truncated,
				.ns_type = -1 };
	ct_log_quote(arg, arena);
}

void ct_log_bytes(struct ct_arg *arg, const struct ct_log_convert *in)
{
	if (arg->type == CT_VALUE_INT)
		arg->type = CT_VALUE_PTR;
	if (ct_log_netlink(arg, in))
		return;
	if (arg->type == CT_VALUE_LIST)
		join_buffers(arg, arg, in->binder->arena);
	ct_log_quote(arg, in->binder->arena);
}

/* A message of netlink is in one buffer. */
static bool take_netlink(struct ct_arg *arg, const struct ct_arg *vector,
			 const struct ct_log_convert *in)
{
	struct ct_arg messages = { 0 };
	const struct ct_arg *base =
		vector->n_items == 1 ? ct_log_item(&vector->items[0], "iov_base") : NULL;

	if (!base)
		return false;
	messages = *base;
	messages.name = arg->name;
	if (!ct_log_netlink(&messages, in))
		return false;
	*arg = messages;
	return true;
}

/* sendmsg and recvmsg have their bytes in a struct msghdr, sendto and recvfrom have not. */
void ct_log_message(struct ct_arg *arg, const struct ct_log_convert *in)
{
	const struct ct_arg *vector = ct_log_item(arg, "msg_iov");

	if (vector ? take_netlink(arg, vector, in) : ct_log_netlink(arg, in))
		return;
	if (vector && vector->type == CT_VALUE_LIST)
		join_buffers(arg, vector, in->binder->arena);
	if (arg->type == CT_VALUE_INT)
		arg->type = CT_VALUE_PTR;
	ct_log_quote(arg, in->binder->arena);
}

static bool put_instruction(struct ct_strbuf *out, const struct ct_arg *arg)
{
	struct sock_filter insn = { 0 };
	uint64_t word[4] = { 0 };

	if (arg->type != CT_VALUE_LIST || (arg->n_items != 2 && arg->n_items != 4))
		return false;
	for (size_t i = 0; i < arg->n_items; i++) {
		if (arg->items[i].type != CT_VALUE_INT)
			return false;
		word[i] = (uint64_t)arg->items[i].i;
	}
	insn.code = (uint16_t)word[0];
	insn.k = (uint32_t)word[1];
	insn.jt = (uint8_t)word[2];
	insn.jf = (uint8_t)word[3];
	ct_strbuf_add(out, &insn, sizeof(insn));
	return true;
}

/* struct sock_fprog: with -v its instructions are there, as BPF_STMT() and BPF_JUMP(). */
void ct_log_program(struct ct_arg *arg, const struct ct_log_convert *in)
{
	CT_CLEANUP_STRBUF struct ct_strbuf bytes = CT_STRBUF_INIT;
	const struct ct_arg *len = ct_log_item(arg, "len");
	struct ct_arg *filter = ct_log_item(arg, "filter");
	bool whole = filter && filter->type == CT_VALUE_LIST && !filter->truncated;

	if (arg->type == CT_VALUE_INT)
		arg->type = CT_VALUE_PTR;
	if (len && len->type == CT_VALUE_INT)
		arg->text = ct_arena_printf(in->binder->arena, "%d instruction%s",
					    (int)len->i, len->i == 1 ? "" : "s");
	for (size_t i = 0; whole && i < filter->n_items; i++)
		whole = put_instruction(&bytes, &filter->items[i]);
	if (!whole)
		return;
	filter->type = CT_VALUE_STR;
	filter->str = ct_arena_strndup(in->binder->arena, bytes.data, bytes.len);
	filter->len = bytes.len;
	filter->n_items = 0;
	filter->items = NULL;
	filter->text = "[...]";
}
