/* SPDX-License-Identifier: MIT */
/*
 * Bytes from tracees: paths, arguments and names may be anything but are to be shown and
 * stored as UTF-8. Nothing here trusts its input.
 */
#ifndef CTTRACE_ESCAPE_H
#define CTTRACE_ESCAPE_H

#include "cttrace/strbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CT_UTF8_INVALID UINT32_MAX

/*
 * Decodes the character at `bytes` (len > 0) into *character and returns how many bytes
 * it takes. A byte that begins no valid sequence (overlong forms, surrogates and values
 * above U+10FFFF included) is CT_UTF8_INVALID, one byte long: a loop always moves on.
 */
size_t ct_utf8_next(const char *bytes, size_t len, uint32_t *character);

/*
 * Does the character steer a terminal or hide in a line: C0, DEL, C1, bidirectional
 * controls, line separators, zero-width and tag characters? CT_UTF8_INVALID does, too.
 */
bool ct_is_control(uint32_t character);

/*
 * The trace format's escape: appends the bytes as valid UTF-8 without NUL, a backslash
 * as "\\", a NUL or a byte that is not UTF-8 as "\xHH". Everything else stays.
 */
void ct_escape(struct ct_strbuf *out, const char *bytes, size_t len);

/*
 * The reverse, into `out`, which must hold len bytes (the result is never longer).
 * Returns the length of the result; -1 when an escape is none of the two.
 */
long ct_unescape(char *out, const char *text, size_t len);

int ct_hex_digit(char c); /* its value; -1 when it is none */

#endif
