/* SPDX-License-Identifier: MIT */
/* What a payload tried at its container's walls. */
#ifndef CTTRACE_RENDER_WALLS_H
#define CTTRACE_RENDER_WALLS_H

#include "ascii.h"
#include "cttrace/strbuf.h"

void ct_walls_show(const struct ct_screen *screen, const struct ct_container *c);
/* "EPERM, cap_sys_admin is missing" */
void ct_wall_add_answer(struct ct_strbuf *out, const struct ct_wall *w);

#endif
