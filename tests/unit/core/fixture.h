/* SPDX-License-Identifier: MIT */
/* One event of every kind with every field, and traces in memory. */
#ifndef CTTRACE_TESTS_CORE_FIXTURE_H
#define CTTRACE_TESTS_CORE_FIXTURE_H

#include "cttrace/strbuf.h"
#include "cttrace/trace.h"

/* Constant, and the same as tests/compat/v1/every-kind.jsonl for ever. */
extern const struct ct_trace_header fixture_header;
extern const struct ct_trace_footer fixture_footer;
const struct ct_event *fixture_events(size_t *n);

/* The bytes that a trace of these events is; a NULL footer leaves it out. */
void fixture_write(struct ct_strbuf *out, const struct ct_event *events, size_t n,
		   const struct ct_trace_footer *footer);
/* Reads bytes as a trace that is called "x". */
struct ct_trace *fixture_read(const char *bytes, size_t len, struct ct_error *err);

#endif
