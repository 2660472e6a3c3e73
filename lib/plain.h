/* SPDX-License-Identifier: MIT */
/* Runs of plain characters in strings of JSON: what needs no second look, eight at a
 * time. */
#ifndef CTTRACE_LIB_PLAIN_H
#define CTTRACE_LIB_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CT_EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Is none of eight bytes a control, a quote, a backslash, or beyond ASCII? A borrow may
 * make more of them suspicious, never fewer. */
static inline bool ct_plain_word(const char *bytes)
{
	uint64_t word, quote, backslash, odd;

	memcpy(&word, bytes, sizeof(word));
	quote = word ^ CT_EACH_BYTE('"');
	backslash = word ^ CT_EACH_BYTE('\\');
	odd = word | (word - CT_EACH_BYTE(' ')) | (quote - CT_EACH_BYTE(1)) |
	      (backslash - CT_EACH_BYTE(1));
	return !(odd & CT_EACH_BYTE(0x80));
}

/* How many bytes of ASCII there are before the first that JSON, or UTF-8, makes special.
 */
static inline size_t ct_plain_run(const char *bytes, size_t len)
{
	size_t n = 0;

	while (len - n >= sizeof(uint64_t) && ct_plain_word(bytes + n))
		n += sizeof(uint64_t);
	/* what is not ASCII is negative */
	while (n < len && (signed char)bytes[n] >= ' ' && bytes[n] != '"' &&
	       bytes[n] != '\\')
		n++;
	return n;
}

#endif
