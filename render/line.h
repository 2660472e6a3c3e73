/* SPDX-License-Identifier: MIT */
/* One event in words. */
#ifndef CTTRACE_RENDER_LINE_H
#define CTTRACE_RENDER_LINE_H

#include "cttrace/event.h"
#include "cttrace/strbuf.h"

/* As strace would show it; not escaped. */
void ct_line_add(struct ct_strbuf *out, const struct ct_event *event);

#endif
