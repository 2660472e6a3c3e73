/* SPDX-License-Identifier: MIT */
/* The tables of names the other way round: what number a constant of the headers is. */
#ifndef CTTRACE_DECODE_SYMBOLS_H
#define CTTRACE_DECODE_SYMBOLS_H

#include "span.h"

struct ct_symbols;

/* All of flags.def, the errors and the signals. */
struct ct_symbols *ct_symbols_new(void);
/* The value of a name; false, and nothing stored, if no table has it. */
bool ct_symbols_find(const struct ct_symbols *symbols, struct ct_span name,
		     uint64_t *value);
void ct_symbols_free(struct ct_symbols *symbols);

#endif
