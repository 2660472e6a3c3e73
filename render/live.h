/* SPDX-License-Identifier: MIT */
/* What only tests need of the timeline while it is made. */
#ifndef CTTRACE_RENDER_LIVE_H
#define CTTRACE_RENDER_LIVE_H

#include "cttrace/render.h"

/* After so many events it forgets what is over, and so on after as many more. */
void ct_live_bound(struct ct_live *live, size_t events);

#endif
