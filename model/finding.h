/* SPDX-License-Identifier: MIT */
/* What is worth telling first. */
#ifndef CTTRACE_MODEL_FINDING_H
#define CTTRACE_MODEL_FINDING_H

#include "state.h"

void finding_compute(struct model *m);

#endif
