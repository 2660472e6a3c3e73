/* SPDX-License-Identifier: MIT */
/* Failures that say nothing, because starts that work have them too. */
#ifndef CTTRACE_MODEL_BENIGN_H
#define CTTRACE_MODEL_BENIGN_H

#include "cttrace/event.h"
#include "cttrace/model.h"

#include <stdbool.h>

bool benign_failure(const struct ct_event_call *call);

/*
 * Marks what was tried again and worked: podman asks for a high limit first, then for one
 * that it may have.
 */
void benign_mark_retries(struct ct_model *model);

#endif
