/* SPDX-License-Identifier: MIT */
/* Runs of plain characters in strings of JSON: what needs no second look, eight at a
 * time. */
#ifndef CTTRACE_LIB_PLAIN_H
#define CTTRACE_LIB_PLAIN_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CT_EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/*
 * The first of eight bytes that is a control, a quote, a backslash, or beyond ASCII; 8:
 * none is. A borrow comes only from such a byte, so what is found behind the first one
 * may be wrong, the first one is not.
 */
static inline size_t ct_plain_word(const char *bytes)
{
	uint64_t word, quote, backslash, odd;

	memcpy(&word, bytes, sizeof(word));
	word = le64toh(word);
	quote = word ^ CT_EACH_BYTE('"');
	backslash = word ^ CT_EACH_BYTE('\\');
	odd = word | (word - CT_EACH_BYTE(' ')) | (quote - CT_EACH_BYTE(1)) |
	      (backslash - CT_EACH_BYTE(1));
	odd &= CT_EACH_BYTE(0x80);
	return odd ? (size_t)__builtin_ctzll(odd) / 8 : sizeof(word);
}

/* How many bytes of ASCII there are before the first that JSON, or UTF-8, makes special.
 */
static inline size_t ct_plain_run(const char *bytes, size_t len)
{
	size_t n = 0;

	while (len - n >= sizeof(uint64_t)) {
		size_t plain = ct_plain_word(bytes + n);

		n += plain;
		if (plain < sizeof(uint64_t))
			return n;
	}
	/* what is not ASCII is negative */
	while (n < len && (signed char)bytes[n] >= ' ' && bytes[n] != '"' &&
	       bytes[n] != '\\')
		n++;
	return n;
}

#endif
