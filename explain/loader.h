/* SPDX-License-Identifier: MIT */
/* What a dynamic loader says when it gives up: a row of outcome.c. */
#ifndef CTTRACE_EXPLAIN_LOADER_H
#define CTTRACE_EXPLAIN_LOADER_H

#include "subject.h"

bool loader_gave_up(struct subject *s);
void loader_say(struct subject *s);

#endif
