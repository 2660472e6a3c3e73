/* SPDX-License-Identifier: MIT */
/* Where the time went, in both. */
#ifndef CTTRACE_DIFF_PHASES_H
#define CTTRACE_DIFF_PHASES_H

#include "cttrace/diff.h"

void phases_compare(struct ct_diff *diff);

#endif
