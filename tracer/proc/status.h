/* SPDX-License-Identifier: MIT */
/* The text of /proc/PID/status. */
#ifndef CTTRACE_PROC_STATUS_H
#define CTTRACE_PROC_STATUS_H

#include "cttrace/event.h"
#include "span.h"

/*
 * Fills what status says about names, ids, capabilities and seccomp. What the text lacks
 * (an older kernel, a cut text) stays as "not said": see struct ct_state.
 */
void ct_proc_status(struct ct_state *state, struct ct_span text, struct ct_arena *arena);

#endif
