/* SPDX-License-Identifier: MIT */
/* UTF-8, dangerous characters, and the escape that carries any bytes through JSON. */
#include "cttrace/escape.h"

#include <string.h>

/* Lead bytes, and the smallest character that may need a sequence of that length. */
static const struct {
	unsigned char mask, lead;
	uint32_t min;
} sequences[] = {
	{ 0x80, 0x00, 0 },
	{ 0xe0, 0xc0, 0x80 },
	{ 0xf0, 0xe0, 0x800 },
	{ 0xf8, 0xf0, 0x10000 },
};

static bool is_scalar(uint32_t c)
{
	return c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
}

static bool take_tail(const unsigned char *tail, size_t n, uint32_t *c)
{
	for (size_t i = 0; i < n; i++) {
		if ((tail[i] & 0xc0) != 0x80)
			return false;
		*c = *c << 6 | (tail[i] & 0x3f);
	}
	return true;
}

size_t ct_utf8_next(const char *bytes, size_t len, uint32_t *character)
{
	const unsigned char *p = (const unsigned char *)bytes;

	for (size_t tail = 0; tail < 4 && tail < len; tail++) {
		uint32_t c = p[0] & (unsigned char)~sequences[tail].mask;

		if ((p[0] & sequences[tail].mask) != sequences[tail].lead)
			continue;
		if (!take_tail(p + 1, tail, &c) || c < sequences[tail].min ||
		    !is_scalar(c))
			break;
		*character = c;
		return tail + 1;
	}
	*character = CT_UTF8_INVALID;
	return 1;
}

/* From the Unicode data: Cc, Cf, Zl, Zp, and the letters that are drawn as nothing. */
static const struct {
	uint32_t first, last;
} controls[] = {
	{ 0x00, 0x1f },       { 0x7f, 0x9f },       { 0xad, 0xad },
	{ 0x34f, 0x34f },     { 0x600, 0x605 },     { 0x61c, 0x61c },
	{ 0x6dd, 0x6dd },     { 0x70f, 0x70f },     { 0x890, 0x891 },
	{ 0x8e2, 0x8e2 },     { 0x115f, 0x1160 },   { 0x17b4, 0x17b5 },
	{ 0x180b, 0x180f },   { 0x200b, 0x200f },   { 0x2028, 0x202e },
	{ 0x2060, 0x206f },   { 0x3164, 0x3164 },   { 0xfe00, 0xfe0f },
	{ 0xfeff, 0xfeff },   { 0xffa0, 0xffa0 },   { 0xfff0, 0xfffb },
	{ 0x110bd, 0x110bd }, { 0x110cd, 0x110cd }, { 0x13430, 0x1343f },
	{ 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff },
};

bool ct_is_control(uint32_t character)
{
	/* what nearly every character is, without a search */
	if (character >= 0x20 && character < 0x7f)
		return false;
	for (size_t i = 0; i < sizeof(controls) / sizeof(controls[0]); i++)
		if (character <= controls[i].last)
			return character >= controls[i].first;
	return character == CT_UTF8_INVALID;
}

static size_t plain_run(const char *bytes, size_t len)
{
	size_t n = 0;

	while (n < len && bytes[n] && bytes[n] != '\\' && !(bytes[n] & 0x80))
		n++;
	return n;
}

/* Escapes the character at bytes, which is not plain; returns its length. */
static size_t escape_one(struct ct_strbuf *out, const char *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char byte = (unsigned char)bytes[0];
	uint32_t character;
	size_t n = ct_utf8_next(bytes, len, &character);

	if (character == '\\')
		ct_strbuf_add(out, "\\\\", 2);
	else if (character == 0 || character == CT_UTF8_INVALID)
		ct_strbuf_add(out,
			      (char[]){ '\\', 'x', digits[byte >> 4], digits[byte & 15] },
			      4);
	else
		ct_strbuf_add(out, bytes, n);
	return n;
}

void ct_escape(struct ct_strbuf *out, const char *bytes, size_t len)
{
	while (len) {
		size_t n = plain_run(bytes, len);

		if (n)
			ct_strbuf_add(out, bytes, n);
		else
			n = escape_one(out, bytes, len);
		bytes += n;
		len -= n;
	}
}

int ct_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Reads the escape at text (a backslash); returns its length, 0 when it is none. */
static size_t unescape_one(char *out, const char *text, size_t len)
{
	int high, low;

	if (len >= 2 && text[1] == '\\') {
		*out = '\\';
		return 2;
	}
	if (len < 4 || text[1] != 'x')
		return 0;
	high = ct_hex_digit(text[2]);
	low = ct_hex_digit(text[3]);
	if (high < 0 || low < 0)
		return 0;
	*out = (char)(high * 16 + low);
	return 4;
}

long ct_unescape(char *out, const char *text, size_t len)
{
	const char *end = text + len;
	char *start = out;

	while (text < end) {
		const char *backslash = memchr(text, '\\', (size_t)(end - text));
		size_t n = (size_t)((backslash ? backslash : end) - text);

		memmove(out, text, n);
		out += n;
		text += n;
		if (!backslash)
			break;
		n = unescape_one(out++, text, (size_t)(end - text));
		if (!n)
			return -1;
		text += n;
	}
	return (long)(out - start);
}
