/* SPDX-License-Identifier: MIT */
/* Does a message speak of this call? */
#ifndef CTTRACE_EXPLAIN_CALL_WORDS_H
#define CTTRACE_EXPLAIN_CALL_WORDS_H

#include "cttrace/event.h"
#include "words.h"

/* Is the name one of a list like "mount umount2"? */
bool call_in_list(const char *list, const char *name);
/* Is a word of the message a name for this system call? */
bool call_is_verb(const struct ct_event_call *call, const struct words *words);
/*
 * How well the things that the message names are the call's arguments: 0 not at all, 1 a
 * part, 2 the last component of a path, 3 the very thing. *what is the name that fits.
 */
int call_names(const struct ct_event_call *call, const struct words *words,
	       const char **what);

#endif
