/* SPDX-License-Identifier: MIT */
/* From milestones to phases. */
#ifndef CTTRACE_MODEL_PHASE_H
#define CTTRACE_MODEL_PHASE_H

#include "state.h"

/* Fills the model's phases[]: in the order of time, the steps behind their phase. */
void phase_compute(struct model *m);

#endif
