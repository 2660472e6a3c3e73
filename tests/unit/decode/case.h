/* SPDX-License-Identifier: MIT */
/* The text of a decode case: cases/README.md says how it is written. */
#ifndef CTTRACE_TESTS_CASE_H
#define CTTRACE_TESTS_CASE_H

#include "cttrace/event.h"
#include "cttrace/strbuf.h"
#include "recbuf.h"

/* Makes the record that a case's first line describes; false: the line is no such thing.
 */
bool case_parse(struct ct_recbuf *rb, const char *line);
/* Appends the call as a case's second line has it. */
void case_print(struct ct_strbuf *out, const struct ct_event_call *call);

#endif
