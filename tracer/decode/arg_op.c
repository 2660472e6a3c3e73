/* SPDX-License-Identifier: MIT */
/* Arguments whose kind another argument decides, by the tables of ops.def. */
#include "kinds.h"

static const struct ct_op *find_op(const struct ct_arg_in *in)
{
	const struct ct_ops *ops = in->kind->ops;

	for (size_t i = 0; i < ops->count; i++)
		if ((uint32_t)ops->ops[i].value == (uint32_t)in->rec->args[ops->selector])
			return &ops->ops[i];
	return NULL;
}

const struct ct_kind *ct_op_kind(const struct ct_arg_in *in)
{
	const struct ct_op *op = find_op(in);
	unsigned int n = in->index - in->kind->ops->first;

	return &ct_kinds[op && n < op->count ? op->kind[n] : CT_KIND_hex];
}

/* The same argument, of the kind that its operation gives it. */
static struct ct_arg_in as_op_says(const struct ct_arg_in *in)
{
	struct ct_arg_in inner = *in;

	inner.kind = ct_op_kind(in);
	return inner;
}

bool ct_op_uses(const struct ct_arg_in *in)
{
	const struct ct_op *op = find_op(in);
	struct ct_arg_in inner = as_op_says(in);

	if (op && in->index - in->kind->ops->first >= op->count)
		return false;
	return !inner.kind->used || inner.kind->used(&inner);
}

void ct_arg_by_op(struct ct_arg *arg, const struct ct_arg_in *in)
{
	struct ct_arg_in inner = as_op_says(in);

	inner.kind->decode(arg, &inner);
}
