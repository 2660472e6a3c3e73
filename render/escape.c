/* SPDX-License-Identifier: MIT */
/* Making any bytes safe for a terminal and for DOT. */
#include "escape.h"

#include "cttrace/escape.h"

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

	for (size_t at = 0; at < len; at += size) {
		const char *plain;
		uint32_t code;

		size = ct_utf8_next(bytes + at, len - at, &code);
		plain = ascii ? plain_glyph(code) : NULL;
		if (code == CT_UTF8_INVALID)
			ct_strbuf_addf(out, "\\x%02x", (unsigned char)bytes[at]);
		else if (plain)
			ct_strbuf_adds(out, plain);
		else if (ct_is_control(code) || (ascii && code >= 0x80))
			add_code(out, code);
		else
			ct_strbuf_add(out, bytes + at, size);
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
