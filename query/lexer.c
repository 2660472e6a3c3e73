/* SPDX-License-Identifier: MIT */
/* From bytes to words and signs. */
#include "lexer.h"

#include <errno.h>
#include <string.h>

static const struct sign {
	const char *text;
	enum token token;
} signs[] = {
	/* the longer one of two that begin alike comes first */
	{ "&&", TOKEN_AND }, { "||", TOKEN_OR },       { "==", TOKEN_EQ },
	{ "!=", TOKEN_NE },  { "!~", TOKEN_NO_MATCH }, { "<=", TOKEN_LE },
	{ ">=", TOKEN_GE },  { "<", TOKEN_LT },        { ">", TOKEN_GT },
	{ "=", TOKEN_EQ },   { "~", TOKEN_MATCH },     { "!", TOKEN_NOT },
	{ "(", TOKEN_OPEN }, { ")", TOKEN_CLOSE },
};

static const struct sign words[] = {
	{ "and", TOKEN_AND },
	{ "or", TOKEN_OR },
	{ "not", TOKEN_NOT },
	{ "like", TOKEN_LIKE },
};

/* What ends a word that is not quoted. */
static bool ends_word(char c)
{
	return !c || strchr(" \t\r\n()<>=!~&|\"'", c);
}

/* Between quotes a backslash takes the next quote or backslash as it is; before anything
 * else it stays, because patterns have many. */
static int quoted_word(struct lexer *l, struct ct_query_error *err)
{
	const char quote = l->expression[l->at];
	size_t i = l->at + 1;

	for (; l->expression[i] && l->expression[i] != quote; i++) {
		char next = l->expression[i + 1];

		if (l->expression[i] == '\\' && (next == quote || next == '\\'))
			i++;
		ct_strbuf_addc(&l->word, l->expression[i]);
	}
	if (!l->expression[i]) {
		err->at = l->at;
		return ct_error_set(&err->why, EINVAL, "the quote is not closed");
	}
	l->next = i + 1;
	l->token = TOKEN_WORD;
	l->quoted = true;
	return 0;
}

static void plain_word(struct lexer *l)
{
	while (!ends_word(l->expression[l->next]))
		ct_strbuf_addc(&l->word, l->expression[l->next++]);
	l->token = TOKEN_WORD;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(words[i].text, l->word.data))
			l->token = words[i].token;
}

int lexer_next(struct lexer *l, struct ct_query_error *err)
{
	const char *rest;

	ct_strbuf_reset(&l->word);
	l->quoted = false;
	l->next += strspn(l->expression + l->next, " \t\r\n");
	l->at = l->next;
	rest = l->expression + l->at;
	l->token = TOKEN_END;
	if (!*rest)
		return 0;
	if (*rest == '"' || *rest == '\'')
		return quoted_word(l, err);
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		size_t len = strlen(signs[i].text);

		if (strncmp(rest, signs[i].text, len) != 0)
			continue;
		l->token = signs[i].token;
		l->next += len;
		return 0;
	}
	if (ends_word(*rest)) { /* a single & or | */
		err->at = l->at;
		return ct_error_set(&err->why, EINVAL,
				    "'%c' is no sign (write %c%c, or put quotes around "
				    "the pattern)",
				    *rest, *rest, *rest);
	}
	plain_word(l);
	return 0;
}

void lexer_name(struct ct_strbuf *out, const struct lexer *l)
{
	if (l->token == TOKEN_END) {
		ct_strbuf_adds(out, "the end");
		return;
	}
	ct_strbuf_addc(out, '\'');
	ct_strbuf_add(out, l->expression + l->at, l->next - l->at);
	ct_strbuf_addc(out, '\'');
}
