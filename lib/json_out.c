/* SPDX-License-Identifier: MIT */
/* Brackets, commas, numbers and strings of JSON. */
#include "json_out.h"

#include "cttrace/escape.h"
#include "plain.h"

#include <string.h>

static void separate(struct ct_json_out *out)
{
	if (out->any)
		ct_strbuf_add(out->text, ", ", out->spaced ? 2 : 1);
	out->any = true;
}

void ct_json_out_open(struct ct_json_out *out, char bracket)
{
	separate(out);
	ct_strbuf_addc(out->text, bracket);
	out->any = false;
}

void ct_json_out_close(struct ct_json_out *out, char bracket)
{
	ct_strbuf_addc(out->text, bracket);
	out->any = true;
}

void ct_json_out_key(struct ct_json_out *out, const char *key)
{
	separate(out);
	ct_strbuf_addc(out->text, '"');
	ct_strbuf_adds(out->text, key);
	ct_strbuf_add(out->text, "\": ", out->spaced ? 3 : 2);
	out->any = false;
}

void ct_json_out_int(struct ct_json_out *out, int64_t value)
{
	separate(out);
	ct_strbuf_add_int(out->text, value);
}

void ct_json_out_word(struct ct_json_out *out, const char *word)
{
	separate(out);
	ct_strbuf_adds(out->text, word);
}

/* What JSON itself wants escaped, in the words of jansson, whose files are the same. */
static void add_control(struct ct_strbuf *text, unsigned char c)
{
	static const char letters[' '] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'
	};

	if (letters[c])
		ct_strbuf_add(text, (char[]){ '\\', letters[c] }, 2);
	else
		ct_strbuf_addf(text, "\\u%04X", c);
}

static void add_ascii(struct ct_strbuf *text, uint32_t c)
{
	if (c < 0x10000)
		ct_strbuf_addf(text, "\\u%04X", c);
	else
		ct_strbuf_addf(text, "\\u%04X\\u%04X", 0xd800 + ((c - 0x10000) >> 10),
			       0xdc00 + ((c - 0x10000) & 0x3ff));
}

/* One character that is not plain; returns how many bytes it takes. */
static size_t add_other(struct ct_json_out *out, const char *bytes, size_t len,
			const char *backslash)
{
	uint32_t c;
	size_t n = ct_utf8_next(bytes, len, &c);

	if (c == '"')
		ct_strbuf_add(out->text, "\\\"", 2);
	else if (c == '\\')
		ct_strbuf_adds(out->text, backslash);
	else if (!c || c == CT_UTF8_INVALID)
		ct_strbuf_addf(out->text, "\\\\x%02x", (unsigned char)*bytes);
	else if (c < ' ')
		add_control(out->text, (unsigned char)c);
	else if (out->ascii && c >= 0x80)
		add_ascii(out->text, c);
	else
		ct_strbuf_add(out->text, bytes, n);
	return n;
}

/* `backslash`: how a backslash is written. */
static void add_string(struct ct_json_out *out, const char *bytes, size_t len,
		       const char *backslash)
{
	ct_strbuf_addc(out->text, '"');
	while (len) {
		size_t n = ct_plain_run(bytes, len);

		if (n)
			ct_strbuf_add(out->text, bytes, n);
		else
			n = add_other(out, bytes, len, backslash);
		bytes += n;
		len -= n;
	}
	ct_strbuf_addc(out->text, '"');
}

void ct_json_out_bytes(struct ct_json_out *out, const char *bytes, size_t len)
{
	separate(out);
	add_string(out, bytes, len, "\\\\\\\\");
}

void ct_json_out_utf8(struct ct_json_out *out, const char *text, size_t len)
{
	separate(out);
	add_string(out, text, len, "\\\\");
}

void ct_json_out_name(struct ct_json_out *out, const char *key)
{
	ct_json_out_utf8(out, key, strlen(key));
	ct_strbuf_add(out->text, ": ", out->spaced ? 2 : 1);
	out->any = false;
}

void ct_json_out_thousandths(struct ct_json_out *out, int64_t value)
{
	uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	int rest = (int)(size % 1000);

	ct_json_out_word(out, value < 0 ? "-" : "");
	ct_strbuf_add_int(out->text, (int64_t)(size / 1000));
	ct_strbuf_add(out->text,
		      (char[]){ '.', (char)('0' + rest / 100),
				(char)('0' + rest / 10 % 10), (char)('0' + rest % 10) },
		      rest % 10 ? 4 : (rest % 100 ? 3 : 2));
}

void ct_json_out_text(struct ct_json_out *out, const char *text)
{
	ct_json_out_bytes(out, text, strlen(text));
}
