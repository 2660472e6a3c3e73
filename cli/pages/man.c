/* SPDX-License-Identifier: MIT */
/* Parts of the manual page: how commands are called, and their options, as man(7). */
#include "pages.h"

#include "cttrace/version.h"

#include <ctype.h>
#include <string.h>

/* The code point of a UTF-8 sequence, which the tables' texts are, and its end. */
static unsigned int code_point(const char **text)
{
	const unsigned char *p = (const unsigned char *)*text;
	unsigned int c = *p++, more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;

	c &= more ? 0x3fu >> more : 0x7fu;
	while (more-- && (*p & 0xc0) == 0x80)
		c = c << 6 | (*p++ & 0x3f);
	*text = (const char *)p;
	return c;
}

/* Text for roff: '-' would be a hyphen, '.' and '\'' begin requests. */
static void add_text(struct ct_strbuf *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		ct_strbuf_adds(out, "\\&");
	while (*text) {
		unsigned int c = code_point(&text);

		if (c >= 0x80)
			ct_strbuf_addf(out, "\\[u%04X]", c);
		else if (c == '-')
			ct_strbuf_adds(out, "\\-");
		else if (c == '\\')
			ct_strbuf_adds(out, "\\e");
		else
			ct_strbuf_addc(out, (char)c);
	}
}

/* Words of --help, which begin small and have no full stop, as a sentence. A word that is
 * a value ("auto (default), …", "ascii: …") stays as it is. */
static void add_sentence(struct ct_strbuf *out, const char *text)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sentence = CT_STRBUF_INIT;
	size_t word = strcspn(text, " ,:");

	ct_strbuf_adds(&sentence, text);
	if (text[word] == ' ' && text[word + 1] != '(' && islower((unsigned char)*text))
		*sentence.data = (char)toupper((unsigned char)*text);
	if (!strchr(".?!", sentence.data[sentence.len - 1]))
		ct_strbuf_addc(&sentence, '.');
	add_text(out, sentence.data);
	ct_strbuf_addc(out, '\n');
}

static void write_version(struct ct_strbuf *out)
{
	ct_strbuf_adds(out, ct_version());
}

/* The lines of a command's usage, without the blanks that align them. */
static void add_usage(struct ct_strbuf *out, const char *usage)
{
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;

	while (*usage) {
		size_t len = strcspn(usage, "\n");

		ct_strbuf_reset(&line);
		ct_strbuf_add(&line, usage, len);
		ct_strbuf_adds(out, ".br\n");
		add_text(out, line.data);
		ct_strbuf_addc(out, '\n');
		usage += len;
		usage += strspn(usage, "\n ");
	}
}

static void write_synopsis(struct ct_strbuf *out)
{
	for (size_t i = 0; commands[i]; i++)
		add_usage(out, commands[i]->usage);
}

static void add_row(struct ct_strbuf *out, const struct option_row *row)
{
	CT_CLEANUP_STRBUF struct ct_strbuf spelt = CT_STRBUF_INIT;

	if (!row->help)
		return;
	options_spell(&spelt, row);
	ct_strbuf_adds(out, ".TP\n.B ");
	add_text(out, spelt.data + strspn(spelt.data, " "));
	ct_strbuf_addc(out, '\n');
	add_sentence(out, row->help);
}

static void write_options(struct ct_strbuf *out)
{
	for (const struct option_row *row = commands[0]->rows; row->name; row++)
		add_row(out, row);
}

/* Does tracing have this option, with the same words? Then its section says it all. */
static bool in_options(const struct option_row *row)
{
	for (const struct option_row *r = commands[0]->rows; r->name; r++)
		if (!strcmp(r->name, row->name) && r->help && row->help &&
		    !strcmp(r->help, row->help))
			return true;
	return false;
}

static void add_shared(struct ct_strbuf *out, const struct option_row *rows)
{
	const char *before = "Likewise: ";

	for (; rows->name; rows++) {
		if (!in_options(rows))
			continue;
		ct_strbuf_adds(out, before);
		add_text(out, "--");
		add_text(out, rows->name);
		before = ", ";
	}
	ct_strbuf_adds(out, ".\n");
}

static void write_commands(struct ct_strbuf *out)
{
	for (size_t i = 1; commands[i]; i++) {
		ct_strbuf_adds(out, ".SS ");
		add_text(out, "cttrace ");
		add_text(out, commands[i]->name);
		ct_strbuf_addc(out, '\n');
		add_sentence(out, commands[i]->summary);
		for (const struct option_row *row = commands[i]->rows; row->name; row++)
			if (!in_options(row))
				add_row(out, row);
		ct_strbuf_adds(out, ".PP\n");
		add_shared(out, commands[i]->rows);
	}
}

const struct page_part part_version = { "VERSION", write_version };
const struct page_part part_synopsis = { "SYNOPSIS", write_synopsis };
const struct page_part part_options = { "OPTIONS", write_options };
const struct page_part part_commands = { "COMMANDS", write_commands };
