/* SPDX-License-Identifier: MIT */
/* Where a value ends: brackets, strings, comments and annotations are stepped over. */
#include "line.h"

#include <string.h>

/* Each of these is given the text behind its first character, and returns NULL when what
 * it steps over has no end. */
static const char *past_string(const char *at, const char *end)
{
	for (; at < end; at++) {
		if (*at == '"')
			return at + 1;
		if (*at == '\\')
			at++;
	}
	return NULL;
}

static const char *past_comment(const char *at, const char *end)
{
	const char *found = memmem(at, (size_t)(end - at), "*/", 2);

	return found ? found + 2 : NULL;
}

/* "<…>" behind a descriptor. A path in it has no angle brackets: strace escapes them. */
static const char *past_annotation(const char *at, const char *end)
{
	int depth = 1;

	for (; at < end; at++) {
		if (*at == '<')
			depth++;
		else if (*at == '>' && at[-1] != '-' && --depth == 0)
			return at + 1;
	}
	return NULL;
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '_';
}

const char *ct_log_value_end(struct ct_span text, bool past_commas)
{
	const char *at = text.at, *end = text.end;
	int depth = 0;

	while (at && at < end) {
		char c = *at++;

		if (c == '"')
			at = past_string(at, end);
		else if (c == '/' && at < end && *at == '*')
			at = past_comment(at + 1, end);
		else if (c == '<' && at < end && *at != '<' && at - 1 > text.at &&
			 is_word(at[-2]))
			at = past_annotation(at, end);
		else if (c == '(' || c == '[' || c == '{')
			depth++;
		else if (depth == 0 &&
			 (c == ')' || c == ']' || c == '}' || (c == ',' && !past_commas)))
			return at - 1;
		else if (c == ')' || c == ']' || c == '}')
			depth--;
	}
	return NULL;
}
