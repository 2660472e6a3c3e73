/* SPDX-License-Identifier: MIT */
/* The layers of an overlay mount, as its options name them. */
#ifndef CTTRACE_OVERLAY_H
#define CTTRACE_OVERLAY_H

#include "cttrace/arena.h"

struct ct_overlay {
	const char *upper;  /* "" when it is read-only */
	const char **lower; /* uppermost first */
	size_t n_lower;
	size_t n_data; /* the last so many hold data only: no name is looked up there */
};

/* Of any text: options of mount(2), or of the file system in /proc/PID/mountinfo. */
void ct_overlay_parse(struct ct_overlay *overlay, const char *options,
		      struct ct_arena *arena);

#endif
