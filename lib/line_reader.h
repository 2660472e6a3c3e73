/* SPDX-License-Identifier: MIT */
/* The lines of a file, whatever is in it: with a limit, and NUL bytes are bytes. */
#ifndef CTTRACE_LIB_LINE_READER_H
#define CTTRACE_LIB_LINE_READER_H

#include "cttrace/strbuf.h"

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#define CT_LINE_MAX ((size_t)16 << 20)

enum ct_line {
	CT_LINE_WHOLE,    /* a line, its newline taken off */
	CT_LINE_CUT,      /* the file ended without a newline */
	CT_LINE_END,      /* there is nothing more */
	CT_LINE_TOO_LONG, /* more than CT_LINE_MAX bytes without a newline */
	CT_LINE_FAILED,   /* errno says why */
};

/* Give it `in`, or `fd` and `offset`, and the rest zeroed; `block` is to be released. */
struct ct_line_reader {
	FILE *in; /* NULL: it reads from `fd`, whose own offset stays */
	int fd;
	off_t offset;           /* of what is read next */
	struct ct_strbuf block; /* what was read, and from `at` on not handed out yet */
	size_t at;
	bool failed;
};

/* Puts the next line into `line`, in place of what it held. */
enum ct_line ct_line_next(struct ct_line_reader *reader, struct ct_strbuf *line);

/* With `fd`: where the next line begins. */
static inline off_t ct_line_place(const struct ct_line_reader *reader)
{
	return reader->offset - (off_t)(reader->block.len - reader->at);
}

#endif
