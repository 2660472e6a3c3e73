/* SPDX-License-Identifier: MIT */
/* The flags of open(2), whichever machine's they are. */
#ifndef CTTRACE_OPEN_FLAGS_H
#define CTTRACE_OPEN_FLAGS_H

#include "cttrace/event.h"

/* Those whose bits are not the same everywhere, by x86's numbers (asm-generic/fcntl.h).
 * The constants of <fcntl.h> are those of the machine that reads a trace. */
enum {
	CT_O_DIRECT = 040000,
	CT_O_LARGEFILE = 0100000,
	CT_O_DIRECTORY = 0200000,
	CT_O_NOFOLLOW = 0400000,
	CT_O_TMPFILE_ALONE = 020000000, /* O_TMPFILE has O_DIRECTORY in it */
	CT_O_TMPFILE = CT_O_TMPFILE_ALONE | CT_O_DIRECTORY,
};

/* Flags that a task of this architecture passed, by x86's numbers. */
uint64_t ct_open_flags(enum ct_arch arch, uint64_t flags);

#endif
