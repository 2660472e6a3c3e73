/* SPDX-License-Identifier: MIT */
/* A piece of text that is read from the front: what the /proc parsers are made of. */
#ifndef CTTRACE_PROC_SPAN_H
#define CTTRACE_PROC_SPAN_H

#include "cttrace/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The unread rest of a text: any bytes, not terminated, nothing outside is ever touched.
 */
struct ct_span {
	const char *at;
	const char *end;
};

static inline struct ct_span ct_span_of(const void *text, size_t len)
{
	return (struct ct_span){ text, (const char *)text + len };
}

static inline size_t ct_span_len(struct ct_span span)
{
	return (size_t)(span.end - span.at);
}

/* Takes everything up to `stop`, and drops `stop`; the whole rest when there is none. */
struct ct_span ct_span_until(struct ct_span *rest, char stop);
/* Takes the next line without its newline; false at the end of the text. */
bool ct_span_line(struct ct_span *rest, struct ct_span *line);
/* Takes the next word, past blanks and tabs; empty at the end. */
struct ct_span ct_span_word(struct ct_span *rest);
void ct_span_skip_blanks(struct ct_span *rest);
/* Takes `text` if it comes next. */
bool ct_span_take(struct ct_span *rest, const char *text);
/* Takes an unsigned number; false, and nothing taken, if none is there or it is too
 * large. */
bool ct_span_u64(struct ct_span *rest, unsigned int base, uint64_t *value);
/* The same for a number that must be at most `max`. */
bool ct_span_number(struct ct_span *rest, uint64_t max, uint64_t *value);
bool ct_span_equal(struct ct_span span, const char *text);

char *ct_span_copy(struct ct_span span, struct ct_arena *arena);
/*
 * A copy with the kernel's escapes undone: "\040", or "\n" and "\\" in a task's name.
 * Only for the characters in `escaped`, those that the kernel escapes in that file: a
 * file name with a backslash is written as it is in maps.
 */
char *ct_span_unescape(struct ct_span span, const char *escaped, struct ct_arena *arena);

#endif
