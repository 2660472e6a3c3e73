/* SPDX-License-Identifier: MIT */
/* The words of expressions are in the documents, each with its meaning. */
#include "cttrace/strbuf.h"
#include "field.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

/* The part of a document that begins with the line `from`, up to the line `to`. */
static char *section(const char *path, const char *from, const char *to)
{
	struct ct_strbuf text = CT_STRBUF_INIT;
	FILE *in = fopen(path, "re");
	char *begin, *end;
	int c;

	CHECK(in != NULL);
	while ((c = getc(in)) != EOF)
		ct_strbuf_addc(&text, (char)c);
	fclose(in);
	begin = strstr(text.data, from);
	CHECK(begin != NULL);
	end = strstr(begin, to);
	CHECK(end != NULL);
	*end = '\0';
	memmove(text.data, begin, strlen(begin) + 1);
	return ct_strbuf_steal(&text);
}

static void check_row(const char *document, const char *word)
{
	CT_CLEANUP_STRBUF struct ct_strbuf row = CT_STRBUF_INIT;

	ct_strbuf_addf(&row, "\n| `%s` | ", word);
	if (!strstr(document, row.data))
		test_fail(__FILE__, __LINE__, "there is no row for %s", word);
}

static void check_words(const char *glossary, const char *list, const char *field)
{
	const char *word;

	for (int i = 0; (word = field_find(field)->word(i)); i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf quoted = CT_STRBUF_INIT;

		ct_strbuf_addf(&quoted, "`%s`", word);
		if (!strstr(list, quoted.data))
			test_fail(__FILE__, __LINE__, "docs/filter.md lacks %s", word);
		check_row(glossary, word);
	}
}

TEST(each_word_of_an_expression_has_its_meaning)
{
	char *fields =
		section(CT_SOURCE_DIR "/docs/glossary.md", "| field |", "Kinds of");
	char *kinds = section(CT_SOURCE_DIR "/docs/glossary.md", "| kind |", "Tags:");
	char *tags =
		section(CT_SOURCE_DIR "/docs/glossary.md", "| tag |", "## What each");
	char *list = section(CT_SOURCE_DIR "/docs/filter.md", "| field |", "## Examples");

	for (size_t i = 0; field_at(i); i++) {
		check_row(fields, field_at(i)->name);
		check_row(list, field_at(i)->name);
	}
	check_words(kinds, list, "kind");
	check_words(tags, list, "tag");
	free(list);
	free(tags);
	free(kinds);
	free(fields);
}
