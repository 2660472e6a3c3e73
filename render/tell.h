/* SPDX-License-Identifier: MIT */
/* The first step of a story: its items, before repeated helpers become one. */
#ifndef CTTRACE_RENDER_TELL_H
#define CTTRACE_RENDER_TELL_H

#include "story.h"

void ct_story_tell(struct ct_story *story);

#endif
