/* SPDX-License-Identifier: MIT */
/* Arguments of a call as the model wants them. */
#ifndef CTTRACE_MODEL_CALL_H
#define CTTRACE_MODEL_CALL_H

#include "state.h"

/* A string argument up to its first NUL; "" when it is none. */
const char *call_text(struct model *m, const struct ct_event_call *call,
		      const char *name);
/* The same without newlines at its end: what is written to files of the kernel. */
const char *call_line(struct model *m, const struct ct_event_call *call,
		      const char *name);
/* Is it the empty string, which stands for the descriptor beside it? */
bool call_is_empty(const struct ct_event_call *call, const char *name);
/* The named item of a struct; NULL. */
const struct ct_arg *call_item(const struct ct_arg *arg, const char *name);
int64_t call_item_int(const struct ct_arg *arg, const char *name, int64_t fallback);
/* Flags of clone and clone3, without the exit signal. */
uint64_t call_clone_flags(const struct ct_event_call *call);
/* Is `path` `dir` or below it? Returns what follows the directory ("" or "/…"), or NULL.
 */
const char *call_below(const char *path, const char *dir);

#endif
