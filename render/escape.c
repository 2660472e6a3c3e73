/* SPDX-License-Identifier: MIT */
/* Making any bytes safe for a terminal and for DOT. */
#include "escape.h"

#include "cttrace/escape.h"

#include <ctype.h>
#include <string.h>

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

/* How many printable characters of ASCII it begins with: they are as they are. */
static size_t printable_run(const char *bytes, size_t len)
{
	size_t n = 0;

	while (n < len && bytes[n] >= ' ' && bytes[n] <= '~')
		n++;
	return n;
}

void ct_escape_terminal(struct ct_strbuf *out, const char *bytes, size_t len, bool ascii)
{
	size_t size;

	for (size_t at = 0; at < len; at += size) {
		const char *plain;
		uint32_t code;

		size = printable_run(bytes + at, len - at);
		if (size) {
			ct_strbuf_add(out, bytes + at, size);
			continue;
		}
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

static const char *entity(char c)
{
	static const struct {
		char c;
		const char *entity;
	} entities[] = {
		{ '<', "&lt;" }, { '>', "&gt;" }, { '&', "&amp;" }, { '"', "&quot;" }
	};

	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++)
		if (entities[i].c == c)
			return entities[i].entity;
	return NULL;
}

void ct_escape_xml(struct ct_strbuf *out, const char *bytes, size_t len)
{
	struct ct_strbuf safe = CT_STRBUF_INIT;

	ct_escape_terminal(&safe, bytes, len, false);
	for (size_t at = 0, size; at < safe.len; at += size) {
		const char *spelled = entity(safe.data[at]);
		uint32_t code;

		size = ct_utf8_next(safe.data + at, safe.len - at, &code);
		if (spelled)
			ct_strbuf_adds(out, spelled);
		else if ((code & 0xfffe) == 0xfffe) /* no characters of XML */
			ct_strbuf_addf(out, "\\U%08x", code);
		else
			ct_strbuf_add(out, safe.data + at, size);
	}
	ct_strbuf_release(&safe);
}

void ct_escape_mermaid(struct ct_strbuf *out, const char *bytes, size_t len)
{
	struct ct_strbuf safe = CT_STRBUF_INIT;

	ct_escape_terminal(&safe, bytes, len, false);
	for (size_t i = 0; i < safe.len; i++) {
		unsigned char c = (unsigned char)safe.data[i];

		if (c >= 0x80 || isalnum(c) || strchr(" _-./,()+=", c))
			ct_strbuf_addc(out, (char)c);
		else
			ct_strbuf_addf(out, "#%d;", c);
	}
	ct_strbuf_release(&safe);
}

/* Only where it begins or ends a word does an underscore mean something. */
static bool is_markup(const char *text, size_t at, size_t len)
{
	if (text[at] == '_')
		return !at || at + 1 == len || !isalnum((unsigned char)text[at - 1]) ||
		       !isalnum((unsigned char)text[at + 1]);
	if (text[at] == ':') /* an address would become a link */
		return at + 1 < len && text[at + 1] == '/';
	return strchr("\\`*[]|~$", text[at]) != NULL;
}

void ct_escape_markdown(struct ct_strbuf *out, const char *bytes, size_t len)
{
	struct ct_strbuf safe = CT_STRBUF_INIT;

	ct_escape_terminal(&safe, bytes, len, false);
	for (size_t i = 0; i < safe.len; i++) {
		const char *spelled = entity(safe.data[i]);

		if (spelled) {
			ct_strbuf_adds(out, spelled);
			continue;
		}
		if (is_markup(safe.data, i, safe.len))
			ct_strbuf_addc(out, '\\');
		ct_strbuf_addc(out, safe.data[i]);
	}
	ct_strbuf_release(&safe);
}
