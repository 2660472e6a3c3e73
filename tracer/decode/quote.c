/* SPDX-License-Identifier: MIT */
/* Quoting: readable text stays, everything else is escaped. */
#include "quote.h"

#include "cttrace/escape.h"

#include <string.h>

static void put_byte(struct ct_strbuf *out, unsigned char c, bool digit_follows)
{
	static const char letters[] = "\tt\nn\vv\ff\rr\"\"\\\\";

	for (const char *l = letters; *l; l += 2) {
		if ((char)c == *l) {
			ct_strbuf_addc(out, '\\');
			ct_strbuf_addc(out, l[1]);
			return;
		}
	}
	/* a digit behind a short escape would be read as a part of it */
	ct_strbuf_addf(out, digit_follows ? "\\%03o" : "\\%o", c);
}

void ct_quote(struct ct_strbuf *out, struct ct_span bytes, bool cut)
{
	ct_strbuf_addc(out, '"');
	while (bytes.at < bytes.end) {
		uint32_t character;
		size_t n = ct_utf8_next(bytes.at, ct_span_len(bytes), &character);

		if (ct_is_control(character) || character == '"' || character == '\\') {
			for (size_t i = 0; i < n; i++) {
				const char *next = bytes.at + i + 1;
				bool digit =
					next < bytes.end && *next >= '0' && *next <= '9';

				put_byte(out, (unsigned char)bytes.at[i], digit);
			}
		} else {
			ct_strbuf_add(out, bytes.at, n);
		}
		bytes.at += n;
	}
	ct_strbuf_adds(out, cut ? "\"..." : "\"");
}
