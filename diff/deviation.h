/* SPDX-License-Identifier: MIT */
/* The call at which one start went wrong, and the other did not. */
#ifndef CTTRACE_DIFF_DEVIATION_H
#define CTTRACE_DIFF_DEVIATION_H

#include "cttrace/diff.h"
#include "step.h"

/* After match_steps(). */
void deviations_find(struct ct_diff *diff, const struct steps steps[CT_DIFF_SIDES]);

#endif
