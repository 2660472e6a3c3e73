/* SPDX-License-Identifier: MIT */
/* Which value is which argument, and what each of them is. */
#include "bind.h"

#include "call.h"
#include "convert.h"
#include "value.h"

#include <string.h>

#define ARGS_MAX 6

/* What strace calls them, where it names arguments: those of clone. */
static const struct {
	const char *log, *ours;
} aliases[] = {
	{ "child_stack", "stack" },      { "parent_tidptr", "parent_tid" },
	{ "child_tidptr", "child_tid" }, { "parent_tid", "parent_tid" },
	{ "pidfd", "parent_tid" },
};

static int named(const struct ct_syscall *row, const char *name)
{
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
		if (!strcmp(aliases[i].log, name))
			name = aliases[i].ours;
	for (unsigned int i = 0; i < row->plan.n_args; i++)
		if (!strcmp(row->arg_name[i], name))
			return (int)i;
	return -1;
}

static void unknown(struct ct_arg *arg, const char *name)
{
	*arg = (struct ct_arg){ .name = name, .text = "?", .ns_type = -1 };
}

/* Where each value belongs: by its name, or in turn. How many places are taken. */
static size_t place(struct ct_arg *places, const struct ct_syscall *row,
		    const struct ct_arg *values, size_t n)
{
	size_t next = 0, taken = 0;

	for (unsigned int i = 0; i < ARGS_MAX; i++)
		unknown(&places[i], i < row->plan.n_args ? row->arg_name[i] : "");
	for (size_t i = 0; i < n; i++) {
		int at = values[i].name ? named(row, values[i].name) : -1;
		size_t index = at >= 0 ? (size_t)at : next;

		if (index >= row->plan.n_args)
			break;
		places[index] = values[i];
		places[index].name = row->arg_name[index];
		next = index + 1;
		taken = next > taken ? next : taken;
	}
	return taken;
}

static void bind_row(struct ct_event_call *call, const struct ct_syscall *row,
		     const struct ct_arg *values, size_t n,
		     const struct ct_log_binder *binder)
{
	struct ct_record rec = { .arch = (uint16_t)call->arch, .nr = call->nr };
	struct ct_arg places[ARGS_MAX];
	size_t taken = place(places, row, values, n), used;

	for (unsigned int i = 0; i < taken; i++)
		if (places[i].type == CT_VALUE_INT)
			rec.args[i] = (uint64_t)places[i].i;
	used = ct_decode_count_args(&rec, row);
	call->n_args = used < taken ? used : taken;
	call->args = ct_arena_array(binder->arena, struct ct_arg, call->n_args);
	for (unsigned int i = 0; i < call->n_args; i++) {
		struct ct_log_convert in = { .binder = binder,
					     .rec = &rec,
					     .kind = &ct_kinds[row->arg_kind[i]],
					     .before = i ? &call->args[i - 1] : NULL,
					     .index = i };

		call->args[i] = places[i];
		ct_log_convert(&call->args[i], &in);
	}
}

void ct_log_bind(struct ct_event_call *call, const struct ct_syscall *row,
		 struct ct_span args, const struct ct_log_binder *binder)
{
	struct ct_log_values values = { args, binder->symbols, binder->arena, 0 };
	size_t n;
	struct ct_arg *found = ct_log_value_list(&values, &n);

	if (row) {
		bind_row(call, row, found, n, binder);
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (!found[i].name)
			found[i].name = ct_arena_printf(binder->arena, "arg%zu", i + 1);
	call->args = found;
	call->n_args = n;
}
