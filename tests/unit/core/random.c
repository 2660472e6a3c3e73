/* SPDX-License-Identifier: MIT */
/* Making random numbers, texts and arguments. */
#include "random.h"

uint64_t rnd_u64(struct rnd *rnd)
{
	/* xorshift64* */
	rnd->seed ^= rnd->seed >> 12;
	rnd->seed ^= rnd->seed << 25;
	rnd->seed ^= rnd->seed >> 27;
	return rnd->seed * UINT64_C(0x2545f4914f6cdd1d);
}

uint64_t rnd_below(struct rnd *rnd, uint64_t n)
{
	return rnd_u64(rnd) % n;
}

bool rnd_coin(struct rnd *rnd)
{
	return rnd_u64(rnd) >> 63;
}

int64_t rnd_number(struct rnd *rnd, int64_t max)
{
	switch (rnd_below(rnd, 4)) {
	case 0:
		return 0;
	case 1:
		return max;
	case 2:
		return (int64_t)rnd_below(rnd, max < 100 ? (uint64_t)max + 1 : 100);
	default:
		return (int64_t)(rnd_u64(rnd) & INT64_MAX) %
		       (max == INT64_MAX ? max : max + 1);
	}
}

const char *rnd_bytes(struct rnd *rnd, size_t *len)
{
	static const char *const pieces[] = {
		"\\", "\\x", "\xc3\xa9", "\xe2\x80\x8b", "\xf0\x9f\x90\xb3",
		"/",  "\"",  "\n"
	};
	char *bytes = ct_arena_alloc(rnd->arena, 16 * 4 + 1);
	uint64_t n = rnd_below(rnd, 16);

	*len = 0;
	for (uint64_t i = 0; i < n; i++) {
		const char *piece = pieces[rnd_below(rnd, 8)];

		if (rnd_coin(rnd))
			bytes[(*len)++] = (char)rnd_u64(rnd);
		else
			while (*piece)
				bytes[(*len)++] = *piece++;
	}
	return bytes;
}

const char *rnd_text(struct rnd *rnd)
{
	size_t len;

	return rnd_bytes(rnd, &len); /* ends at its first NUL */
}

const char *rnd_maybe_text(struct rnd *rnd)
{
	return rnd_coin(rnd) ? rnd_text(rnd) : NULL;
}

struct ct_task_id rnd_task(struct rnd *rnd)
{
	return (struct ct_task_id){ (int32_t)rnd_number(rnd, INT32_MAX),
				    (uint32_t)(1 + rnd_number(rnd, INT32_MAX - 1)) };
}

/* -------- arguments -------- */

static void rnd_value(struct rnd *rnd, struct ct_arg *arg, int depth)
{
	arg->type = rnd_below(rnd, depth ? CT_VALUE_FIELDS + 1 : CT_VALUE_LIST);
	if (arg->type == CT_VALUE_INT || arg->type == CT_VALUE_PTR)
		arg->i = (int64_t)rnd_u64(rnd);
	else if (arg->type == CT_VALUE_STR)
		arg->str = rnd_bytes(rnd, &arg->len);
	else if (arg->type != CT_VALUE_NONE)
		rnd_args(rnd, &arg->items, &arg->n_items, arg->type == CT_VALUE_FIELDS,
			 depth - 1);
}

static const char *rnd_arg_text(struct rnd *rnd, const struct ct_arg *arg)
{
	/* the text that is not written must come back, too */
	if (arg->type == CT_VALUE_INT && rnd_coin(rnd))
		return ct_arena_printf(rnd->arena, "%lld", (long long)arg->i);
	if (arg->type == CT_VALUE_PTR && rnd_coin(rnd))
		return ct_arena_printf(rnd->arena, "0x%llx", (unsigned long long)arg->i);
	if (arg->type == CT_VALUE_STR && rnd_coin(rnd))
		return ct_arena_printf(rnd->arena, "\"%s\"", arg->str);
	return rnd_coin(rnd) ? "?" : rnd_text(rnd);
}

void rnd_args(struct rnd *rnd, struct ct_arg **args, size_t *n, bool named, int depth)
{
	*n = rnd_below(rnd, 4);
	*args = ct_arena_array(rnd->arena, struct ct_arg, *n);
	for (size_t i = 0; i < *n; i++) {
		struct ct_arg *arg = &(*args)[i];

		arg->name = named ? rnd_text(rnd) : NULL;
		arg->truncated = rnd_coin(rnd);
		rnd_value(rnd, arg, depth);
		arg->text = rnd_arg_text(rnd, arg);
		arg->path = rnd_maybe_text(rnd);
		arg->ns_inode = (uint64_t)rnd_number(rnd, INT64_MAX);
		arg->ns_type = -1;
		if (arg->ns_inode)
			arg->ns_type = (int)rnd_below(rnd, CT_NS_TYPES + 1) - 1;
		arg->mount = rnd_number(rnd, INT64_MAX);
	}
}
