/* SPDX-License-Identifier: MIT */
/* Making any bytes safe for a terminal, for DOT and for JSON. */
#include "escape.h"

#include "utf8.h"

/* Characters that are invisible or rearrange their neighbours (Unicode category Cf …). */
static bool is_hidden(uint32_t code)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x00, 0x1f },       { 0x7f, 0x9f },        { 0xad, 0xad },
		{ 0x34f, 0x34f },     { 0x600, 0x605 },      { 0x61c, 0x61c },
		{ 0x6dd, 0x6dd },     { 0x70f, 0x70f },      { 0x115f, 0x1160 },
		{ 0x17b4, 0x17b5 },   { 0x180b, 0x180f },    { 0x200b, 0x200f },
		{ 0x2028, 0x202e },   { 0x2060, 0x206f },    { 0x3164, 0x3164 },
		{ 0xe000, 0xf8ff },   { 0xfe00, 0xfe0f },    { 0xfeff, 0xfeff },
		{ 0xffa0, 0xffa0 },   { 0xfff0, 0xfffb },    { 0xfffe, 0xffff },
		{ 0x110bd, 0x110bd }, { 0x13430, 0x1345f },  { 0x1bca0, 0x1bca3 },
		{ 0x1d173, 0x1d17a }, { 0xe0000, 0x10ffff },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		if (code >= ranges[i].first && code <= ranges[i].last)
			return true;
	return false;
}

static const char *plain_glyph(uint32_t code)
{
	static const struct {
		uint32_t code;
		const char *plain;
	} glyphs[] = {
#define GLYPH(code, plain) { code, plain },
#include "glyphs.def"
#undef GLYPH
	};

	for (size_t i = 0; i < sizeof(glyphs) / sizeof(*glyphs); i++)
		if (glyphs[i].code == code)
			return glyphs[i].plain;
	return NULL;
}

static void add_code(struct ct_strbuf *out, uint32_t code)
{
	static const char letters[0x20] = { ['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r' };

	if (code < sizeof(letters) && letters[code])
		ct_strbuf_addf(out, "\\%c", letters[code]);
	else if (code < 0x80)
		ct_strbuf_addf(out, "\\x%02x", code);
	else
		ct_strbuf_addf(out, code > 0xffff ? "\\U%08x" : "\\u%04x", code);
}

void ct_escape_terminal(struct ct_strbuf *out, const char *bytes, size_t len, bool ascii)
{
	size_t size;

	for (size_t at = 0; at < len; at += size ? size : 1) {
		const char *plain;
		uint32_t code;

		size = ct_utf8_next(bytes + at, len - at, &code);
		if (!size)
			ct_strbuf_addf(out, "\\x%02x", (unsigned char)bytes[at]);
		else if (is_hidden(code))
			add_code(out, code);
		else if (!ascii || code < 0x80)
			ct_strbuf_add(out, bytes + at, size);
		else if ((plain = plain_glyph(code)))
			ct_strbuf_adds(out, plain);
		else
			add_code(out, code);
	}
}

void ct_escape_dot(struct ct_strbuf *out, const char *bytes, size_t len)
{
	struct ct_strbuf safe = CT_STRBUF_INIT;

	ct_escape_terminal(&safe, bytes, len, false);
	for (size_t i = 0; i < safe.len; i++) {
		if (safe.data[i] == '"' || safe.data[i] == '\\')
			ct_strbuf_addc(out, '\\');
		ct_strbuf_addc(out, safe.data[i]);
	}
	ct_strbuf_release(&safe);
}

void ct_escape_json(struct ct_strbuf *out, const char *bytes, size_t len)
{
	size_t size;

	for (size_t at = 0; at < len; at += size ? size : 1) {
		uint32_t code;

		size = ct_utf8_next(bytes + at, len - at, &code);
		if (!size || !code)
			ct_strbuf_addf(out, "\\x%02x", (unsigned char)bytes[at]);
		else if (code == '\\')
			ct_strbuf_adds(out, "\\\\");
		else
			ct_strbuf_add(out, bytes + at, size);
	}
}
