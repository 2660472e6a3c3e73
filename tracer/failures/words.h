/* SPDX-License-Identifier: MIT */
/* Which successful writes of a builder are words to another process, or to a log. */
#ifndef CTTRACE_FAILURES_WORDS_H
#define CTTRACE_FAILURES_WORDS_H

#include "recbuf.h"

/*
 * Keeps the write in rb, and adds where it went, if it went to a pipe, a socket or the
 * end of a file; false: it is data. Its descriptor is looked up a moment after the call:
 * who is gone by then has spoken its last words, and they are kept; a descriptor that
 * is closed by then was a file's.
 */
bool ct_words_keep(struct ct_recbuf *rb);

#endif
