/* SPDX-License-Identifier: MIT */
/* The language in which strace writes values. */
#ifndef CTTRACE_IMPORT_VALUE_H
#define CTTRACE_IMPORT_VALUE_H

#include "cttrace/event.h"
#include "span.h"
#include "symbols.h"

/* How deep lists and structs may lie within each other; arguments are the first level. */
#define CT_LOG_DEPTH_MAX 14

/* What a value is parsed from, and with. */
struct ct_log_values {
	struct ct_span rest;
	const struct ct_symbols *symbols;
	struct ct_arena *arena;
	unsigned int depth;
};

/*
 * Takes one value off the front, with the comma behind it. Its text is as the log has it;
 * its name is there if the log has one ("flags=…"); path is what was written behind a
 * descriptor. NONE is a value that only its text tells. False: there is none left.
 */
bool ct_log_value(struct ct_log_values *values, struct ct_arg *arg);

/* All values, as an array in the arena. */
struct ct_arg *ct_log_value_list(struct ct_log_values *values, size_t *n);

#endif
