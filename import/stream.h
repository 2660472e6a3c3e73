/* SPDX-License-Identifier: MIT */
/* The lines of one file, mended, and joined where something has wrapped them. */
#ifndef CTTRACE_IMPORT_STREAM_H
#define CTTRACE_IMPORT_STREAM_H

#include "line.h"

#include "cttrace/error.h"

#include <stdio.h>

struct ct_log_stream;

bool ct_log_stream_exists(const char *path); /* or is standard input */
/* All its lines are of this pid; 0: each says its own. NULL on error. */
struct ct_log_stream *ct_log_stream_open(const char *path, int32_t pid,
					 struct ct_error *err);
/* The same of what can be rewound; it is taken over. */
struct ct_log_stream *ct_log_stream_of(FILE *in, const char *name, int32_t pid);
int ct_log_stream_rewind(struct ct_log_stream *stream, struct ct_error *err);
/* The line that is next; NULL: there is none, or an error is in err. */
const struct ct_log_line *ct_log_stream_peek(struct ct_log_stream *stream,
					     struct ct_error *err);
/* Takes the line that was seen; its text is good until the next one is looked at. */
void ct_log_stream_take(struct ct_log_stream *stream, struct ct_log_line *line);
int64_t ct_log_stream_now(const struct ct_log_stream *stream); /* of the line seen */
int32_t ct_log_stream_pid(const struct ct_log_stream *stream);
bool ct_log_stream_started(const struct ct_log_stream *stream); /* a line was taken */
void ct_log_stream_free(struct ct_log_stream *stream);

#endif
