/* SPDX-License-Identifier: MIT */
/* An expression as a tree. */
#ifndef CTTRACE_QUERY_INTERNAL_H
#define CTTRACE_QUERY_INTERNAL_H

#include "field.h"
#include "lexer.h"

#include <regex.h>

/* Deeper than anybody writes; the parser and the evaluation go down with it. */
#define QUERY_DEPTH 64

enum node_kind { NODE_AND, NODE_OR, NODE_NOT, NODE_TEST };

struct node {
	enum node_kind kind;
	struct node *left, *right; /* of NOT: left */
	size_t at;                 /* of a test: where its field is written */
	const struct field *field;
	enum token op;
	const char *word;
	int64_t number; /* of numbers and times, and of an errno */
	regex_t regex;  /* of TOKEN_MATCH and TOKEN_NO_MATCH */
	bool compiled;
	struct node *next; /* the one that was made before */
};

struct ct_query {
	const char *expression;
	struct node *root;
	struct node *nodes; /* all of them */
	struct ct_arena arena;
};

/* Reads the value of a test, which the lexer is at. */
int node_value(struct ct_query *query, struct node *test, const struct lexer *lexer,
	       struct ct_query_error *err);

#endif
