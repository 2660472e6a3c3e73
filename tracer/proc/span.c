/* SPDX-License-Identifier: MIT */
/* Reading text from the front, bounded. */
#include "span.h"

#include <string.h>

struct ct_span ct_span_until(struct ct_span *rest, char stop)
{
	struct ct_span taken = *rest;
	const char *found = NULL;

	if (rest->at != rest->end)
		found = memchr(rest->at, stop, ct_span_len(*rest));
	taken.end = found ? found : rest->end;
	rest->at = found ? found + 1 : rest->end;
	return taken;
}

bool ct_span_line(struct ct_span *rest, struct ct_span *line)
{
	if (rest->at == rest->end)
		return false;
	*line = ct_span_until(rest, '\n');
	return true;
}

void ct_span_skip_blanks(struct ct_span *rest)
{
	while (rest->at < rest->end && (*rest->at == ' ' || *rest->at == '\t'))
		rest->at++;
}

struct ct_span ct_span_word(struct ct_span *rest)
{
	struct ct_span word;

	ct_span_skip_blanks(rest);
	word = *rest;
	while (rest->at < rest->end && *rest->at != ' ' && *rest->at != '\t')
		rest->at++;
	word.end = rest->at;
	return word;
}

bool ct_span_take(struct ct_span *rest, const char *text)
{
	size_t len = strlen(text);

	if (ct_span_len(*rest) < len || memcmp(rest->at, text, len) != 0)
		return false;
	rest->at += len;
	return true;
}

/* The value of a digit, or a number that is too large for any base. */
static unsigned int digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned int)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned int)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned int)(c - 'A') + 10;
	return 99;
}

bool ct_span_u64(struct ct_span *rest, unsigned int base, uint64_t *value)
{
	const char *p = rest->at;
	uint64_t sum = 0;

	for (; p < rest->end && digit(*p) < base; p++) {
		if (__builtin_mul_overflow(sum, (uint64_t)base, &sum) ||
		    __builtin_add_overflow(sum, (uint64_t)digit(*p), &sum))
			return false;
	}
	if (p == rest->at)
		return false;
	rest->at = p;
	*value = sum;
	return true;
}

bool ct_span_number(struct ct_span *rest, uint64_t max, uint64_t *value)
{
	struct ct_span copy = *rest;
	uint64_t found;

	if (!ct_span_u64(&copy, 10, &found) || found > max)
		return false;
	*rest = copy;
	*value = found;
	return true;
}

bool ct_span_equal(struct ct_span span, const char *text)
{
	return ct_span_take(&span, text) && span.at == span.end;
}

char *ct_span_copy(struct ct_span span, struct ct_arena *arena)
{
	return ct_arena_strndup(arena, span.at, ct_span_len(span));
}

/* Takes the escape behind a backslash, and puts what it stands for in the backslash's
 * place; leaves all as it is if it is none. */
static void undo_escape(struct ct_span *rest, const char *escaped, char *out)
{
	static const char letters[] = "n\nt\t\\\\";
	struct ct_span digits = *rest;
	uint64_t code;

	for (const char *l = letters; *l && rest->at < rest->end; l += 2) {
		/* letters are used only where the backslash is escaped as well */
		if (*rest->at == *l && strchr(escaped, l[1]) && strchr(escaped, '\\')) {
			*out = l[1];
			rest->at++;
			return;
		}
	}
	if (ct_span_len(digits) < 3)
		return;
	digits.end = digits.at + 3;
	if (!ct_span_u64(&digits, 8, &code) || digits.at != digits.end)
		return;
	if (code == 0 || code > 127 || !strchr(escaped, (int)code))
		return;
	*out = (char)code;
	rest->at = digits.end;
}

char *ct_span_unescape(struct ct_span span, const char *escaped, struct ct_arena *arena)
{
	char *copy = ct_arena_alloc(arena, ct_span_len(span) + 1);
	char *out = copy;

	for (; span.at < span.end; out++) {
		*out = *span.at++;
		if (*out == '\\')
			undo_escape(&span, escaped, out);
	}
	return copy;
}
