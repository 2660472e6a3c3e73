/* SPDX-License-Identifier: MIT */
/* Why a file could not be executed. */
#ifndef CTTRACE_EXPLAIN_PROGRAM_H
#define CTTRACE_EXPLAIN_PROGRAM_H

#include "subject.h"

/* NULL when the call is no exec, or the file tells nothing. */
const char *program_reason(const struct subject *s);
const char *program_remedy(const struct subject *s);

#endif
