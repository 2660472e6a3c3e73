/* SPDX-License-Identifier: MIT */
/* What follows from a plan. */
#include "plan.h"

bool ct_plan_ends_plainly(const struct ct_plan *plan)
{
	if (plan->when != CT_WHEN_ALWAYS || (plan->flags & ~CT_PLAN_KEEP))
		return false;
	for (int i = 0; i < plan->n_args; i++)
		if (CT_TAKE_IS_OUT(plan->arg[i].take))
			return false;
	return true;
}
