/* SPDX-License-Identifier: MIT */
/* Is an event what an expression says? */
#include "query.h"

#include <string.h>

/*
 * A star is any bytes, slashes too: whoever writes /sys/fs/ and a star means all of it. A
 * question mark is one byte. Not fnmatch(3): its time grows with the power of the stars.
 */
static bool glob_fits(const char *pattern, const char *text)
{
	const char *star = NULL, *again = NULL; /* to try one byte more from */

	while (*text) {
		if (*pattern == '*') {
			star = ++pattern;
			again = text;
		} else if (*pattern == '?' || *pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			pattern = star;
			text = ++again;
		} else {
			return false;
		}
	}
	return !pattern[strspn(pattern, "*")];
}

/* One text of a field against the value: equal, by a pattern of either kind. */
static bool text_fits(void *ctx, const char *text)
{
	const struct node *test = ctx;

	switch (test->op) {
	case TOKEN_MATCH:
	case TOKEN_NO_MATCH:
		return !regexec(&test->regex, text, 0, NULL, 0);
	case TOKEN_LIKE:
		return glob_fits(test->word, text);
	default:
		return !strcmp(test->word, text);
	}
}

static bool number_fits(const struct node *test, int64_t value)
{
	switch (test->op) {
	case TOKEN_LT:
		return value < test->number;
	case TOKEN_LE:
		return value <= test->number;
	case TOKEN_GT:
		return value > test->number;
	case TOKEN_GE:
		return value >= test->number;
	default:
		return value == test->number;
	}
}

/* != and !~ are what == and ~ are not: also of an event that has no such thing. */
static bool test_fits(const struct node *test, const struct subject *s)
{
	bool negated = test->op == TOKEN_NE || test->op == TOKEN_NO_MATCH;
	bool pattern = test->op == TOKEN_MATCH || test->op == TOKEN_NO_MATCH ||
		       test->op == TOKEN_LIKE;
	int64_t value = 0;
	bool fits;

	if (test->field->any && (pattern || !test->field->number))
		fits = test->field->any(s, text_fits, (void *)(uintptr_t)test);
	else
		fits = test->field->number(s, &value) && number_fits(test, value);
	return fits != negated;
}

/* recursive: as deep as the parser, and as long as the expression */
static bool fits(const struct node *node, const struct subject *s)
{
	switch (node->kind) {
	case NODE_AND:
		return fits(node->left, s) && fits(node->right, s);
	case NODE_OR:
		return fits(node->left, s) || fits(node->right, s);
	case NODE_NOT:
		return !fits(node->left, s);
	case NODE_TEST:
		break;
	}
	return test_fits(node, s);
}

bool ct_query_matches(const struct ct_query *query, const struct ct_model *model,
		      const struct ct_fact *fact, const struct ct_event *event)
{
	const struct subject subject = { .model = model, .fact = fact, .event = event };

	return fits(query->root, &subject);
}
