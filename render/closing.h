/* SPDX-License-Identifier: MIT */
/* What is said below a timeline: what it leaves out, and where it is cut off. */
#ifndef CTTRACE_RENDER_CLOSING_H
#define CTTRACE_RENDER_CLOSING_H

#include "ascii.h"
#include "story.h"

void ct_closing_lines(const struct ct_screen *screen, const struct ct_story *story);

#endif
