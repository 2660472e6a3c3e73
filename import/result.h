/* SPDX-License-Identifier: MIT */
/* What stands behind the "=" of a call. */
#ifndef CTTRACE_IMPORT_RESULT_H
#define CTTRACE_IMPORT_RESULT_H

#include "cttrace/event.h"
#include "span.h"
#include "symbols.h"

/* Fills result, ret and error; returns what a returned descriptor is, NULL: not said.
 * False: the text is none that is known, and the result is NONE. */
bool ct_log_result(struct ct_span text, const struct ct_symbols *symbols,
		   struct ct_event_call *call, char **path, struct ct_arena *arena);

/*
 * With --decode-pids=pidns a comment says which pid the returned one is for strace: the
 * number that the log's lines begin with. 0: there is no such comment.
 */
int32_t ct_log_own_pid(struct ct_span text);

#endif
