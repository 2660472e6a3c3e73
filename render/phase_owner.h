/* SPDX-License-Identifier: MIT */
/* Which large phase the steps of a runtime belong to. */
#ifndef CTTRACE_RENDER_PHASE_OWNER_H
#define CTTRACE_RENDER_PHASE_OWNER_H

#include "cttrace/model.h"

/*
 * Per phase: of a step, the last large phase of its container that had begun when the
 * step did, or else the first one; of any other, and of a step without one, n_phases.
 * Freed by free().
 */
size_t *ct_phase_owners(const struct ct_model *model);

#endif
