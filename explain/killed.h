/* SPDX-License-Identifier: MIT */
/* Was it killed? Each question has an answer that fills the diagnosis. */
#ifndef CTTRACE_EXPLAIN_KILLED_H
#define CTTRACE_EXPLAIN_KILLED_H

#include "subject.h"

/* A process of the start, by SIGSYS: a filter's KILL. */
bool killed_by_filter(struct subject *s);
void killed_say_filter(struct subject *s);

/* By SIGKILL, for a call that the strict mode of seccomp does not allow. */
bool killed_by_strict_mode(struct subject *s);
void killed_say_strict_mode(struct subject *s);

/* A container's init or program, by SIGKILL that was not its runtime's own. */
bool killed_by_kill(struct subject *s);
void killed_say_kill(struct subject *s);

/* The traced command, while its container's program went on. */
bool killed_command(struct subject *s);
void killed_say_command(struct subject *s);

/* Is the outer end only the inner one passed on? */
bool killed_alike(const struct ct_event_exit *inner, const struct ct_event_exit *outer);

#endif
