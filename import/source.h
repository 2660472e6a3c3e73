/* SPDX-License-Identifier: MIT */
/* The lines of one log, or of a set of files that strace -ff has written, twice over. */
#ifndef CTTRACE_IMPORT_SOURCE_H
#define CTTRACE_IMPORT_SOURCE_H

#include "line.h"

#include "cttrace/error.h"

#include <stdio.h>

struct ct_log_source;

/*
 * Opens the files; "-" is standard input, which is copied. A name without a file of that
 * name stands for NAME.1, NAME.23 …: what strace -ff -o NAME writes. NULL on error.
 */
struct ct_log_source *ct_log_source_open(const char *const *paths, size_t n,
					 struct ct_error *err);
/* One log, which can be rewound; it is taken over. NULL on error. */
struct ct_log_source *ct_log_source_of(FILE *in, const char *name, struct ct_error *err);
/* The next line, taken apart; its text is good until the next call. False: there is none,
 * or an error is in err. */
bool ct_log_source_next(struct ct_log_source *source, struct ct_log_line *line,
			struct ct_error *err);
/* Starts over. */
int ct_log_source_rewind(struct ct_log_source *source, struct ct_error *err);
void ct_log_source_free(struct ct_log_source *source);

#endif
