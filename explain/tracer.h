/* SPDX-License-Identifier: MIT */
/* Failures that would not be without a tracer: rows of outcome.c. */
#ifndef CTTRACE_EXPLAIN_TRACER_H
#define CTTRACE_EXPLAIN_TRACER_H

#include "subject.h"

/* A set-uid program, or one with file capabilities, that an unprivileged tracer keeps
 * from its privileges. */
bool tracer_takes_privileges(struct subject *s);
void tracer_say_privileges(struct subject *s);

/* A call that the kernel refuses to who is traced, or has the tracer's filter. */
bool tracer_refuses(struct subject *s);
void tracer_say_refusal(struct subject *s);

/* A program that has looked for a tracer and says so. */
bool tracer_is_seen(struct subject *s);
void tracer_say_seen(struct subject *s);

/* Has somebody in the trace set no_new_privs? A tracer that is not root has, for its
 * filter. */
bool tracer_others_set_no_new_privs(const struct ct_model *model);

#endif
