/* SPDX-License-Identifier: MIT */
/* What the lanes of a timeline are drawn with. */
#ifndef CTTRACE_RENDER_STROKES_H
#define CTTRACE_RENDER_STROKES_H

#include "row.h"

/* A lane takes as many cells as each of these has. */
struct ct_strokes {
	const char *lane, *branch, *corner, *end, *none;
	int cells;
};

const struct ct_strokes *ct_strokes_of(const struct ct_look *look);

#endif
