/* SPDX-License-Identifier: MIT */
/* OCI hooks: programs of config.json whose failure ends a start. */
#ifndef CTTRACE_EXPLAIN_HOOK_H
#define CTTRACE_EXPLAIN_HOOK_H

#include "subject.h"

/* A hook ended with an error, and no call is known that was the reason. */
bool hook_gave_up(struct subject *s);
void hook_say(struct subject *s);

#endif
