/* SPDX-License-Identifier: MIT */
/* Bytes as a C string literal, as strace writes them. */
#ifndef CTTRACE_DECODE_QUOTE_H
#define CTTRACE_DECODE_QUOTE_H

#include "cttrace/strbuf.h"
#include "span.h"

/*
 * Appends "text" in quotes, with "..." behind it if it is only the beginning. Control
 * characters and bytes that are not UTF-8 become escapes: \n, \33, \377.
 */
void ct_quote(struct ct_strbuf *out, struct ct_span bytes, bool cut);

#endif
