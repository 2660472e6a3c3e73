/* SPDX-License-Identifier: MIT */
/* JSON strings and numbers. */
#include "json_node.h"

#include "cttrace/escape.h"
#include "plain.h"

#include <string.h>

/* -------- numbers -------- */

static bool is_digit(const struct ct_json_text *text)
{
	return text->at < text->end && *text->at >= '0' && *text->at <= '9';
}

static bool skip_digits(struct ct_json_text *text)
{
	const char *start = text->at;

	while (is_digit(text))
		text->at++;
	return text->at > start;
}

/* Digits up to the end of the number; -1 and below: what is too large for 64 bits. */
static bool take_integer(struct ct_json_text *text, bool negative, int64_t *value)
{
	bool fits = true;

	for (*value = 0; is_digit(text); text->at++) {
		int digit = *text->at - '0';

		if (__builtin_mul_overflow(*value, 10, value) ||
		    __builtin_add_overflow(*value, negative ? -digit : digit, value))
			fits = false;
	}
	return fits;
}

static enum ct_json_fault parse_real(struct ct_json_text *text, struct ct_json_node *node)
{
	bool fine = true;

	node->kind = CT_JSON_REAL;
	if (*text->at == '.') {
		text->at++;
		fine = skip_digits(text);
	}
	if (fine && text->at < text->end && (*text->at == 'e' || *text->at == 'E')) {
		text->at++;
		if (text->at < text->end && (*text->at == '+' || *text->at == '-'))
			text->at++;
		fine = skip_digits(text);
	}
	return fine ? CT_JSON_FINE : CT_JSON_BAD_SYNTAX;
}

enum ct_json_fault ct_json_parse_number(struct ct_json_text *text,
					struct ct_json_node *node)
{
	bool negative = *text->at == '-', fits;
	const char *digits;

	text->at += negative;
	digits = text->at;
	fits = take_integer(text, negative, &node->integer);
	if (text->at == digits || (*digits == '0' && text->at > digits + 1))
		return CT_JSON_BAD_SYNTAX;
	if (text->at < text->end && strchr(".eE", *text->at))
		return *text->at ? parse_real(text, node) : CT_JSON_BAD_SYNTAX;
	return fits ? CT_JSON_FINE : CT_JSON_TOO_LARGE;
}

/* -------- strings -------- */

static bool take_code_unit(struct ct_json_text *text, uint32_t *unit)
{
	if (text->end - text->at < 6 || text->at[0] != '\\' || text->at[1] != 'u')
		return false;
	*unit = 0;
	for (int i = 2; i < 6; i++) {
		int digit = ct_hex_digit(text->at[i]);

		if (digit < 0)
			return false;
		*unit = *unit << 4 | (uint32_t)digit;
	}
	text->at += 6;
	return true;
}

static bool take_character(struct ct_json_text *text, uint32_t *c)
{
	uint32_t low;

	if (!take_code_unit(text, c))
		return false;
	if (*c < 0xd800 || *c > 0xdfff)
		return true;
	if (*c > 0xdbff || !take_code_unit(text, &low) || low < 0xdc00 || low > 0xdfff)
		return false;
	*c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
	return true;
}

static char *put_character(char *out, uint32_t c)
{
	static const struct {
		uint32_t below;
		unsigned char lead;
	} lengths[] = {
		{ 0x80, 0 }, { 0x800, 0xc0 }, { 0x10000, 0xe0 }, { 0x110000, 0xf0 }
	};
	unsigned int tail = 0;

	while (c >= lengths[tail].below)
		tail++;
	*out++ = (char)(lengths[tail].lead | c >> (6 * tail));
	while (tail--)
		*out++ = (char)(0x80 | (c >> (6 * tail) & 0x3f));
	return out;
}

/* At a backslash; writes what it stands for, which is never longer. */
static enum ct_json_fault unescape(struct ct_json_text *text, char **out)
{
	static const char letters[128] = {
		['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
		['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t'
	};
	unsigned char letter = text->end - text->at > 1 ? (unsigned char)text->at[1] : 0;
	uint32_t c;

	if (letter < sizeof(letters) && letters[letter]) {
		*(*out)++ = letters[letter];
		text->at += 2;
		return CT_JSON_FINE;
	}
	if (!take_character(text, &c))
		return CT_JSON_BAD_SYNTAX;
	if (!c)
		return CT_JSON_NUL;
	*out = put_character(*out, c);
	return CT_JSON_FINE;
}

/* One character that is not plain; `*out` is where it belongs. */
static enum ct_json_fault take_other(struct ct_json_text *text, char **out)
{
	uint32_t c;
	size_t len;

	if (*text->at == '\\')
		return unescape(text, out);
	len = ct_utf8_next(text->at, (size_t)(text->end - text->at), &c);
	if (c == CT_UTF8_INVALID)
		return CT_JSON_BAD_UTF8;
	if (c < ' ')
		return CT_JSON_BAD_SYNTAX;
	memmove(*out, text->at, len);
	*out += len;
	text->at += len;
	return CT_JSON_FINE;
}

enum ct_json_fault ct_json_parse_string(struct ct_json_text *text,
					struct ct_json_node *node)
{
	char *out = ++text->at;

	node->text = out;
	for (;;) {
		char *plain = text->at;
		enum ct_json_fault fault;
		size_t len;

		len = ct_plain_run(plain, (size_t)(text->end - plain));
		text->at += len;
		if (out != plain)
			memmove(out, plain, len);
		out += len;
		if (text->at == text->end)
			return CT_JSON_CUT;
		if (*text->at == '"')
			break;
		node->backslash |= *text->at == '\\';
		fault = take_other(text, &out);
		if (fault)
			return fault;
	}
	text->at++;
	node->count = (uint32_t)(out - node->text);
	return CT_JSON_FINE;
}
