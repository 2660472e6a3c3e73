/* SPDX-License-Identifier: MIT */
/* Which call of a container's program failed before that gave up. */
#ifndef CTTRACE_EXPLAIN_INSIDE_H
#define CTTRACE_EXPLAIN_INSIDE_H

#include "subject.h"

/* The call that the program's own words fit to; nothing, if there is none. */
void inside_add(struct subject *s, const struct ct_container *c);

/* What such a call means there, and what to do; NULL: no more than its errno does. */
struct inside {
	const char *id, *calls, *errors, *cause, *remedy;
};
const struct inside *inside_row(const struct ct_event_call *call);

#endif
