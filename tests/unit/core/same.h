/* SPDX-License-Identifier: MIT */
/* Fails the test where two events or headers differ. */
#ifndef CTTRACE_TESTS_CORE_SAME_H
#define CTTRACE_TESTS_CORE_SAME_H

#include "cttrace/trace.h"

void check_same_event(const struct ct_event *got, const struct ct_event *want);
void check_same_header(const struct ct_trace_header *got,
		       const struct ct_trace_header *want);
void check_same_footer(const struct ct_trace_footer *got,
		       const struct ct_trace_footer *want);

#endif
