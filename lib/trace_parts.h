/* SPDX-License-Identifier: MIT */
/* A long trace, read in several parts at the same time. */
#ifndef CTTRACE_LIB_TRACE_PARTS_H
#define CTTRACE_LIB_TRACE_PARTS_H

#include "cttrace/trace.h"

#include <stdbool.h>
#include <sys/types.h>

/* A range of a file: the lines that begin in it. */
struct ct_trace_part {
	int fd;
	off_t from, to;         /* the last part is open at its end */
	struct ct_trace *trace; /* what was read; NULL: something is wrong in there */
};
#define CT_TRACE_PART_OPEN ((off_t)INT64_MAX)

/* The first part, whose `header` is true, has the header. */
void ct_trace_part_read(struct ct_trace_part *part, bool header);

/*
 * The trace in `fd` from byte `from` on, in n parts: what one reader would make of it.
 * NULL: there is anything that is not as it should be. One reader is to say what.
 */
struct ct_trace *ct_trace_read_parts(int fd, off_t from, off_t to, size_t n);

/* Into how many parts a file is worth being divided, from where it stands to its end
 * `to`; 1: it is short, or no regular file. */
size_t ct_trace_parts(FILE *in, off_t *from, off_t *to);

#endif
