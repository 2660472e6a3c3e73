/* SPDX-License-Identifier: MIT */
/* The smallest pieces of values: strings, numbers, annotations. */
#ifndef CTTRACE_IMPORT_LITERAL_H
#define CTTRACE_IMPORT_LITERAL_H

#include "cttrace/event.h"
#include "span.h"

/* Each takes what it is named after off the front, or nothing and returns false. */
bool ct_log_string(struct ct_span *rest, struct ct_arg *arg, struct ct_arena *arena);
bool ct_log_number(struct ct_span *rest, int64_t *value);
bool ct_log_word(struct ct_span *rest, struct ct_span *word);
/* "</etc/passwd>", "<pipe:[7]>", "</dev/null<char 1:3>>", and "(deleted)" behind it: as
 * /proc/PID/fd names it. */
bool ct_log_annotation(struct ct_span *rest, char **path, struct ct_arena *arena);

#endif
