/* SPDX-License-Identifier: MIT */
/* What a field is compared with: a word, a number, a time, an errno, a pattern. */
#include "query.h"

#include "cttrace/errno.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	PATTERN_MAX = 256, /* bytes of a regular expression */
	ERRNO_MAX = 4095,  /* the kernel's MAX_ERRNO */
};

/* Digits and the word behind them; false: there are no digits, or too many. */
static bool read_integer(const char *word, int64_t *value)
{
	char *end;

	errno = 0;
	*value = strtoll(word, &end, 0);
	return end != word && !*end && !errno;
}

static int number_value(struct node *test, const struct lexer *l,
			struct ct_query_error *err)
{
	if (read_integer(l->word.data, &test->number))
		return 0;
	return ct_error_set(&err->why, EINVAL,
			    "%s is compared with a number, not '%.40s'",
			    test->field->name, l->word.data);
}

/* "20ms", "1.5s": nanoseconds, exactly. */
static int time_value(struct node *test, const struct lexer *l,
		      struct ct_query_error *err)
{
	static const struct {
		const char *name;
		int64_t ns;
	} units[] = { { "ns", 1 },
		      { "us", 1000 },
		      { "µs", 1000 },
		      { "ms", 1000000 },
		      { "s", 1000000000 } };
	const char *word = l->word.data, *unit = word + strspn(word, "0123456789.");

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		int64_t left = units[i].ns;
		const char *c = word;

		if (strcmp(unit, units[i].name) != 0)
			continue;
		for (; *c >= '0' && *c <= '9'; c++)
			if (__builtin_mul_overflow(test->number, 10, &test->number) ||
			    __builtin_add_overflow(test->number, *c - '0', &test->number))
				break;
		if (c == word || (*c >= '0' && *c <= '9') ||
		    __builtin_mul_overflow(test->number, units[i].ns, &test->number))
			break;
		if (*c == '.') /* below a nanosecond there is nothing */
			for (c++; *c >= '0' && *c <= '9'; c++)
				if (__builtin_add_overflow(test->number,
							   (*c - '0') * (left /= 10),
							   &test->number))
					break;
		if (c == unit)
			return 0;
	}
	return ct_error_set(&err->why, EINVAL,
			    "%s is compared with a time such as 20ms, 1.5s or 300us, not "
			    "'%.40s'",
			    test->field->name, word);
}

/* By name or number; a text for patterns is tried on the name. */
static int error_value(struct node *test, const struct lexer *l,
		       struct ct_query_error *err)
{
	const char *word = l->word.data;

	if (read_integer(word, &test->number))
		return 0;
	for (int e = 1; e <= ERRNO_MAX; e++)
		if (!strcmp(ct_errno_name(e), word) && strcmp(word, "?") != 0) {
			test->number = e;
			return 0;
		}
	return ct_error_set(&err->why, EINVAL, "there is no error '%.40s'", word);
}

/* A field that has one of a few words has no other: that is a slip of the pen. */
static int text_value(struct node *test, const struct lexer *l,
		      struct ct_query_error *err)
{
	CT_CLEANUP_STRBUF struct ct_strbuf all = CT_STRBUF_INIT;

	if (!test->field->word)
		return 0;
	for (int i = 0; test->field->word(i); i++) {
		if (!strcmp(test->field->word(i), l->word.data))
			return 0;
		ct_strbuf_addf(&all, "%s%s", i ? ", " : "", test->field->word(i));
	}
	return ct_error_set(&err->why, EINVAL, "there is no %s '%.40s'; there are %s",
			    test->field->name, l->word.data, all.data);
}

/*
 * What makes a pattern eat memory or time beyond its length: repeated repetitions, and
 * what refers back.
 */
static const char *pattern_problem(const char *pattern)
{
	size_t braces = 0;

	if (strlen(pattern) > PATTERN_MAX)
		return "the pattern is too long";
	for (const char *c = pattern; *c; c++) {
		if (*c == '\\' && c[1] >= '1' && c[1] <= '9')
			return "a pattern cannot refer back";
		if (*c == '\\' && c[1])
			c++;
		else if (*c == '{' && ++braces > 1)
			return "a pattern has one repetition {…} at most";
		else if (braces && strspn(c, "0123456789") > 2)
			return "a pattern repeats 99 times at most";
	}
	return NULL;
}

static int regex_value(struct node *test, const struct lexer *l,
		       struct ct_query_error *err)
{
	const char *problem = pattern_problem(l->word.data);
	char text[128];
	int r;

	if (problem)
		return ct_error_set(&err->why, EINVAL, "%s", problem);
	r = regcomp(&test->regex, l->word.data, REG_EXTENDED | REG_NOSUB);
	if (!r) {
		test->compiled = true;
		return 0;
	}
	regerror(r, &test->regex, text, sizeof(text));
	return ct_error_set(&err->why, EINVAL, "'%.80s' is no regular expression: %s",
			    l->word.data, text);
}

int node_value(struct ct_query *query, struct node *test, const struct lexer *l,
	       struct ct_query_error *err)
{
	static int (*const readers[])(struct node *, const struct lexer *,
				      struct ct_query_error *) = {
		[FIELD_TEXT] = text_value,
		[FIELD_NUMBER] = number_value,
		[FIELD_TIME] = time_value,
		[FIELD_ERROR] = error_value,
	};
	int r = 0;

	test->word = ct_arena_strdup(&query->arena, l->word.data);
	if (test->op == TOKEN_MATCH || test->op == TOKEN_NO_MATCH)
		r = regex_value(test, l, err);
	else if (test->op != TOKEN_LIKE)
		r = readers[test->field->type](test, l, err);
	if (r)
		err->at = l->at;
	return r;
}
