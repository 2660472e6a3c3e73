/* SPDX-License-Identifier: MIT */
/* Failures that say nothing, because starts that work have them too. */
#ifndef CTTRACE_MODEL_BENIGN_H
#define CTTRACE_MODEL_BENIGN_H

#include "cttrace/event.h"

#include <stdbool.h>

bool benign_failure(const struct ct_event_call *call);

#endif
