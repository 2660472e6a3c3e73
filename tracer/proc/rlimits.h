/* SPDX-License-Identifier: MIT */
/* The text of /proc/PID/limits. */
#ifndef CTTRACE_PROC_RLIMITS_H
#define CTTRACE_PROC_RLIMITS_H

#include "cttrace/event.h"
#include "span.h"

/* The next limit; false at the end. What is no limit is skipped. */
bool ct_proc_rlimits_next(struct ct_span *rest, struct ct_limit_pair *limit,
			 struct ct_arena *arena);

#endif
