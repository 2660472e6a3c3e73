/* SPDX-License-Identifier: MIT */
/* The words of an expression. */
#ifndef CTTRACE_QUERY_LEXER_H
#define CTTRACE_QUERY_LEXER_H

#include "cttrace/query.h"
#include "cttrace/strbuf.h"

enum token {
	TOKEN_END,
	TOKEN_WORD, /* text: a name, a value; quotes taken off */
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_NOT,
	TOKEN_EQ,
	TOKEN_NE,
	TOKEN_LT,
	TOKEN_LE,
	TOKEN_GT,
	TOKEN_GE,
	TOKEN_MATCH,
	TOKEN_NO_MATCH,
	TOKEN_LIKE,
};

struct lexer {
	const char *expression;
	size_t next; /* byte behind the token */
	enum token token;
	size_t at; /* its first byte */
	bool quoted;
	struct ct_strbuf word;
};

/* Goes to the next token; -EINVAL: a quote is not closed. */
int lexer_next(struct lexer *lexer, struct ct_query_error *err);

/* "'=='", "the end", …: what a message calls the token. */
void lexer_name(struct ct_strbuf *out, const struct lexer *lexer);

#endif
