/* SPDX-License-Identifier: MIT */
/* The text of /proc/PID/mountinfo. */
#ifndef CTTRACE_PROC_MOUNTINFO_H
#define CTTRACE_PROC_MOUNTINFO_H

#include "cttrace/mountinfo.h"
#include "span.h"

/* Takes lines up to the next one that is a mount; false at the end. Escapes are undone.
 */
bool ct_proc_mountinfo_next(struct ct_span *rest, struct ct_mountinfo *mount,
			    struct ct_arena *arena);

#endif
