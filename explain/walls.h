/* SPDX-License-Identifier: MIT */
/* What a container did not let its program do. */
#ifndef CTTRACE_EXPLAIN_WALLS_H
#define CTTRACE_EXPLAIN_WALLS_H

#include "subject.h"

/* It may have exited because of them: nobody else says so. False: there was none. */
bool walls_add(struct subject *s, const struct ct_container *c);

#endif
