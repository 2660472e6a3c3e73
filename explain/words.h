/* SPDX-License-Identifier: MIT */
/* Error messages taken apart: which errno they name, which things, which words. */
#ifndef CTTRACE_EXPLAIN_WORDS_H
#define CTTRACE_EXPLAIN_WORDS_H

#include "cttrace/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define WORDS_ERRNO_MAX 134

struct words {
	const char *
		*all; /* every word, in order, without quotes and punctuation around */
	size_t n_all;
	const char **names; /* quoted text, paths, constants: what the message is about */
	size_t n_names;
	bool errors[WORDS_ERRNO_MAX]; /* by number: named by strerror's text or "EPERM" */
	int first_error;              /* the first one in the text; 0: none */
	bool complains; /* it says that something is wrong, in whatever words */
};

struct words words_of(const char *text, struct ct_arena *arena);

/* How many words in a row both have. Messages travel and grow: what stays is the same. */
size_t words_in_common(const struct words *a, const struct words *b);
/* Has it a word that begins like this, whatever its case? */
bool words_have(const struct words *words, const char *beginning);

#endif
