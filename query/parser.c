/* SPDX-License-Identifier: MIT */
/* From words to a tree: or, and, not, parentheses, tests. docs/filter.md has the grammar.
 */
#include "query.h"

#include "alloc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct parser {
	struct ct_query *query;
	struct lexer lexer;
	struct ct_query_error *err;
	int depth;
};

static struct node *parse_or(struct parser *p);

static bool failed(const struct parser *p)
{
	return p->err->why.code;
}

/* "…, not X": X is the token at which something else should be. */
static struct node *expected(struct parser *p, const char *what)
{
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

	lexer_name(&name, &p->lexer);
	if (!failed(p))
		p->err->at = p->lexer.at;
	ct_error_set(&p->err->why, EINVAL, "%s should be here, not %s", what, name.data);
	return NULL;
}

static void next(struct parser *p)
{
	if (!failed(p))
		lexer_next(&p->lexer, p->err);
}

static struct node *new_node(struct parser *p, enum node_kind kind, struct node *left,
			     struct node *right)
{
	struct node *node = ct_arena_alloc(&p->query->arena, sizeof(*node));

	*node = (struct node){
		.kind = kind, .left = left, .right = right, .next = p->query->nodes
	};
	p->query->nodes = node;
	return node;
}

static const struct field *parse_field(struct parser *p)
{
	const struct field *field = field_find(p->lexer.word.data);
	CT_CLEANUP_STRBUF struct ct_strbuf all = CT_STRBUF_INIT;

	if (p->lexer.token != TOKEN_WORD) {
		expected(p, "a field");
		return NULL;
	}
	if (field)
		return field;
	for (size_t i = 0; field_at(i); i++)
		ct_strbuf_addf(&all, "%s%s", i ? ", " : "", field_at(i)->name);
	p->err->at = p->lexer.at;
	ct_error_set(&p->err->why, EINVAL, "there is no field '%.40s'; there are %s",
		     p->lexer.word.data, all.data);
	return NULL;
}

/* What can be done to which type of field. */
static bool op_fits(enum field_type type, enum token op)
{
	switch (op) {
	case TOKEN_EQ:
	case TOKEN_NE:
		return true;
	case TOKEN_LT:
	case TOKEN_LE:
	case TOKEN_GT:
	case TOKEN_GE:
		return type == FIELD_NUMBER || type == FIELD_TIME;
	case TOKEN_MATCH:
	case TOKEN_NO_MATCH:
	case TOKEN_LIKE:
		return type == FIELD_TEXT || type == FIELD_ERROR;
	default:
		return false;
	}
}

static struct node *parse_test(struct parser *p)
{
	struct node *test = new_node(p, NODE_TEST, NULL, NULL);

	test->at = p->lexer.at;
	test->field = parse_field(p);
	if (!test->field)
		return NULL;
	next(p);
	if (failed(p))
		return NULL;
	test->op = p->lexer.token;
	if (!op_fits(test->field->type, test->op))
		return expected(p, test->field->type == FIELD_TEXT ||
						   test->field->type == FIELD_ERROR
					   ? "==, !=, ~, !~ or like"
					   : "==, !=, <, <=, > or >=");
	next(p);
	if (failed(p))
		return NULL;
	if (p->lexer.token != TOKEN_WORD)
		return expected(p, "a value");
	if (node_value(p->query, test, &p->lexer, p->err))
		return NULL;
	next(p);
	return test;
}

/* recursive: QUERY_DEPTH ends it */
static struct node *parse_group(struct parser *p)
{
	struct node *inner;

	next(p);
	inner = failed(p) ? NULL : parse_or(p);
	if (!inner || failed(p))
		return NULL;
	if (p->lexer.token != TOKEN_CLOSE)
		return expected(p, "'and', 'or' or ')'");
	next(p);
	return inner;
}

static struct node *parse_not(struct parser *p)
{
	struct node *node;

	if (p->lexer.token != TOKEN_NOT && p->lexer.token != TOKEN_OPEN)
		return parse_test(p);
	if (p->depth == QUERY_DEPTH) {
		p->err->at = p->lexer.at;
		ct_error_set(&p->err->why, EINVAL, "this is nested too deeply");
		return NULL;
	}
	p->depth++;
	if (p->lexer.token == TOKEN_OPEN) {
		node = parse_group(p);
	} else {
		next(p);
		node = failed(p) ? NULL : parse_not(p);
		node = node ? new_node(p, NODE_NOT, node, NULL) : NULL;
	}
	p->depth--;
	return failed(p) ? NULL : node;
}

static struct node *parse_and(struct parser *p)
{
	struct node *left = parse_not(p);

	while (left && !failed(p) && p->lexer.token == TOKEN_AND) {
		struct node *right;

		next(p);
		right = failed(p) ? NULL : parse_not(p);
		left = right ? new_node(p, NODE_AND, left, right) : NULL;
	}
	return failed(p) ? NULL : left;
}

static struct node *parse_or(struct parser *p)
{
	struct node *left = parse_and(p);

	while (left && !failed(p) && p->lexer.token == TOKEN_OR) {
		struct node *right;

		next(p);
		right = failed(p) ? NULL : parse_and(p);
		left = right ? new_node(p, NODE_OR, left, right) : NULL;
	}
	return failed(p) ? NULL : left;
}

struct ct_query *ct_query_parse(const char *expression, struct ct_query_error *err)
{
	struct ct_query *query = ct_alloc(sizeof(*query));
	struct parser p = { .query = query, .err = err };

	*err = (struct ct_query_error){ 0 };
	query->expression = ct_arena_strdup(&query->arena, expression);
	p.lexer =
		(struct lexer){ .expression = query->expression, .word = CT_STRBUF_INIT };
	if (strlen(expression) > CT_QUERY_MAX) {
		err->at = CT_QUERY_MAX;
		ct_error_set(&err->why, E2BIG, "it is longer than %d bytes",
			     CT_QUERY_MAX);
	}
	next(&p);
	if (!failed(&p))
		query->root = parse_or(&p);
	if (!failed(&p) && p.lexer.token != TOKEN_END)
		expected(&p, "'and', 'or' or the end");
	ct_strbuf_release(&p.lexer.word);
	if (!failed(&p))
		return query;
	ct_query_free(query);
	return NULL;
}

void ct_query_free(struct ct_query *query)
{
	if (!query)
		return;
	for (struct node *node = query->nodes; node; node = node->next)
		if (node->compiled)
			regfree(&node->regex);
	ct_arena_release(&query->arena);
	free(query);
}

const char *ct_query_model_field(const struct ct_query *query, size_t *at)
{
	const char *name = NULL;

	for (const struct node *node = query->nodes; node; node = node->next)
		if (node->kind == NODE_TEST && node->field->from == FIELD_MODEL) {
			name = node->field->name;
			*at = node->at;
		}
	return name;
}
