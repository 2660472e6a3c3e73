/* SPDX-License-Identifier: MIT */
/* The steps of paired processes, each bound to its counterpart. */
#ifndef CTTRACE_DIFF_MATCH_H
#define CTTRACE_DIFF_MATCH_H

#include "pair.h"
#include "step.h"

/* Binds steps[]; fills diff's processes, steps and n_same. */
void match_steps(struct ct_diff *diff, const struct pairs *pairs,
		 struct steps steps[CT_DIFF_SIDES]);

#endif
