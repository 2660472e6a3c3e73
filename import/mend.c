/* SPDX-License-Identifier: MIT */
/* Damage is undone only where strace itself cannot have written what is there. */
#include "mend.h"

#include <string.h>

static const struct {
	const char *entity;
	char c;
} entities[] = {
	{ "&lt;", '<' },  { "&gt;", '>' },   { "&quot;", '"' },
	{ "&#34;", '"' }, { "&#39;", '\'' }, { "&amp;", '&' },
};

/* Where strings begin, and around the words of strace: there is no other way to write
 * them, so these are not a tracee's bytes. */
static bool has_entities(const struct ct_strbuf *line)
{
	static const char *const proofs[] = {
		"(&quot;", " &quot;", "[&quot;",  "&lt;unfinished", "&lt;... ",
		"(&#34;",  " &#34;",  "&gt;) = ", "&lt;/",
	};

	if (!memchr(line->data, '&', line->len))
		return false;
	/* a string in real quotes: the line is as strace wrote it */
	if (strstr(line->data, "(\"") || strstr(line->data, ", \""))
		return false;
	for (size_t i = 0; i < sizeof(proofs) / sizeof(*proofs); i++)
		if (strstr(line->data, proofs[i]))
			return true;
	return false;
}

static void undo_entities(struct ct_strbuf *line)
{
	char *to = line->data, *from = line->data, *end = line->data + line->len;

	while (from < end) {
		size_t i, n = sizeof(entities) / sizeof(*entities);

		for (i = 0; *from == '&' && i < n; i++)
			if (!strncmp(from, entities[i].entity,
				     strlen(entities[i].entity)))
				break;
		if (*from != '&' || i == n) {
			*to++ = *from++;
			continue;
		}
		*to++ = entities[i].c;
		from += strlen(entities[i].entity);
	}
	ct_strbuf_truncate(line, (size_t)(to - line->data));
}

static void drop_front(struct ct_strbuf *line, size_t n)
{
	memmove(line->data, line->data + n, line->len - n);
	ct_strbuf_truncate(line, line->len - n);
}

/* "> > " or "| " at the beginning; a frame of a stack (" > /lib…") has a blank first. */
static size_t quotation(const struct ct_strbuf *line)
{
	size_t at = 0, marks = 0;

	while (at < line->len && strchr(">|", line->data[at]) && line->data[at]) {
		at++;
		marks++;
		if (at < line->len && line->data[at] == ' ' &&
		    !(at + 2 < line->len && line->data[at + 1] == '>' &&
		      line->data[at + 2] == ' ' && line->data[at + 3] == '/'))
			at++;
	}
	return marks ? at : 0;
}

/* strace escapes tabs and whatever is not ASCII: these are the mail program's. */
static void undo_blanks(struct ct_strbuf *line)
{
	char *to = line->data;

	for (size_t i = 0; i < line->len; i++) {
		bool wide = line->data[i] == '\xc2' && line->data[i + 1] == '\xa0';

		i += wide;
		*to++ = wide || line->data[i] == '\t' ? ' ' : line->data[i];
	}
	ct_strbuf_truncate(line, (size_t)(to - line->data));
}

void ct_log_mend(struct ct_strbuf *line)
{
	size_t marks = quotation(line);

	while (line->len && strchr("\r\n", line->data[line->len - 1]))
		ct_strbuf_truncate(line, line->len - 1);
	if (marks)
		drop_front(line, marks < line->len ? marks : line->len);
	if (has_entities(line))
		undo_entities(line);
	if (memchr(line->data, '\t', line->len) || memchr(line->data, '\xc2', line->len))
		undo_blanks(line);
}
