/* SPDX-License-Identifier: MIT */
/* What follows from a plan. */
#include "plan.h"

bool ct_plan_ends_plainly(const struct ct_plan *plan)
{
	if (plan->when != CT_WHEN_ALWAYS ||
	    (plan->flags & ~(CT_PLAN_KEEP | CT_PLAN_CHANGES)))
		return false;
	for (int i = 0; i < plan->n_args; i++)
		if (CT_TAKE_IS_OUT(plan->arg[i].take))
			return false;
	return true;
}

/* A descriptor's name is copied of one that is written to, or that a path starts at. */
static bool is_named_fd(const struct ct_plan *plan, int arg)
{
	bool next_is_path = arg + 1 < plan->n_args &&
			    plan->arg[arg + 1].take == CT_TAKE_PATH &&
			    plan->arg[arg + 1].of == arg;

	return next_is_path || (arg == 0 && (plan->flags & CT_PLAN_WRITE));
}

static int pieces_of(const struct ct_plan *plan, int arg)
{
	switch (plan->arg[arg].take) {
	case CT_TAKE_NOTHING:
		return 0;
	case CT_TAKE_FD:
		if (!is_named_fd(plan, arg))
			return CT_PLAN_PIECES + 1;
		return plan->flags & CT_PLAN_WRITE ? 1 : 0;
	case CT_TAKE_STR:
	case CT_TAKE_PATH:
	case CT_TAKE_MEM:
	case CT_TAKE_SIZED:
	case CT_TAKE_IOV:
		return 1;
	default:
		return CT_PLAN_PIECES + 1;
	}
}

bool ct_plan_fits_report(const struct ct_plan *plan)
{
	int pieces = 0;

	/* a key call that matters is seen at its entry; this one only asks */
	if (plan->when != CT_WHEN_FULL)
		return true;
	for (int i = 0; i < plan->n_args; i++)
		if (!CT_TAKE_IS_OUT(plan->arg[i].take))
			pieces += pieces_of(plan, i);
	return pieces <= CT_PLAN_PIECES;
}

bool ct_plan_needs_no_stop(const struct ct_plan *plan)
{
	int pieces = plan->flags & CT_PLAN_OPEN ? 1 : 0;

	if (plan->when != CT_WHEN_ALWAYS && plan->when != CT_WHEN_WRITE_OPEN &&
	    plan->when != CT_WHEN_STDERR && plan->when != CT_WHEN_OPEN_HOW &&
	    plan->when != CT_WHEN_SOCKET)
		return false;
	if (plan->flags & ~(CT_PLAN_KEEP | CT_PLAN_OPEN | CT_PLAN_WRITE |
			    CT_PLAN_CHANGES | CT_PLAN_MOUNTS | CT_PLAN_SOCKET))
		return false;
	for (int i = 0; i < plan->n_args; i++)
		pieces += pieces_of(plan, i);
	return pieces <= CT_PLAN_PIECES;
}

bool ct_plan_is_overheard(const struct ct_plan *plan)
{
	return (plan->flags & CT_PLAN_TALK) && !(plan->flags & CT_PLAN_ANY_FILE);
}
