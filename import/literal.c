/* SPDX-License-Identifier: MIT */
/* Strings with escapes, numbers of three bases, and names of descriptors. */
#include "literal.h"

#include <string.h>

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static char octal_escape(struct ct_span *rest)
{
	int value = 0;

	for (int i = 0; i < 3 && rest->at < rest->end && is_octal(*rest->at); i++)
		value = value * 8 + (*rest->at++ - '0');
	return (char)value;
}

static char hex_escape(struct ct_span *rest)
{
	int value = 0;

	for (int i = 0; i < 2 && rest->at < rest->end && hex_digit(*rest->at) >= 0; i++)
		value = value * 16 + hex_digit(*rest->at++);
	return (char)value;
}

/* What stands behind a backslash. */
static char escaped(struct ct_span *rest)
{
	static const char letters[] = "t\tn\nv\vf\fr\r";

	if (is_octal(*rest->at))
		return octal_escape(rest);
	if (*rest->at == 'x') {
		rest->at++;
		return hex_escape(rest);
	}
	for (const char *l = letters; *l; l += 2)
		if (*rest->at == *l) {
			rest->at++;
			return l[1];
		}
	return *rest->at++;
}

/* Takes bytes up to `stop`, which is dropped. */
static char *unescape(struct ct_span *rest, const char *stop, size_t *len,
		      struct ct_arena *arena)
{
	char *out = ct_arena_alloc(arena, (size_t)(stop - rest->at) + 1);

	*len = 0;
	while (rest->at < stop) {
		char c = *rest->at++;

		out[(*len)++] = c == '\\' && rest->at < stop ? escaped(rest) : c;
	}
	rest->at = stop + 1;
	return out;
}

static const char *closing_quote(struct ct_span rest)
{
	for (; rest.at < rest.end; rest.at++) {
		if (*rest.at == '"')
			return rest.at;
		if (*rest.at == '\\')
			rest.at++;
	}
	return NULL;
}

bool ct_log_string(struct ct_span *rest, struct ct_arg *arg, struct ct_arena *arena)
{
	struct ct_span at = *rest;
	/* a name of the abstract socket namespace begins with a NUL */
	bool abstract = ct_span_take(&at, "@");
	const char *stop;

	if (!ct_span_take(&at, "\""))
		return false;
	stop = closing_quote(at);
	if (!stop)
		return false;
	arg->type = CT_VALUE_STR;
	arg->str = unescape(&at, stop, &arg->len, arena);
	if (abstract) {
		char *whole = ct_arena_alloc(arena, arg->len + 2);

		memcpy(whole + 1, arg->str, arg->len);
		arg->str = whole;
		arg->len++;
	}
	arg->truncated = ct_span_take(&at, "...");
	*rest = at;
	return true;
}

bool ct_log_number(struct ct_span *rest, int64_t *value)
{
	struct ct_span at = *rest;
	bool minus = ct_span_take(&at, "-");
	unsigned int base = 10;
	uint64_t found;

	if (at.at == at.end || *at.at < '0' || *at.at > '9')
		return false;
	if (ct_span_take(&at, "0x"))
		base = 16;
	else if (*at.at == '0')
		base = 8;
	if (!ct_span_u64(&at, base, &found))
		return false;
	*value = (int64_t)(minus ? 0 - found : found);
	*rest = at;
	return true;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

bool ct_log_word(struct ct_span *rest, struct ct_span *word)
{
	const char *at = rest->at;

	while (at < rest->end && is_word(*at))
		at++;
	*word = (struct ct_span){ rest->at, at };
	rest->at = at;
	return word->at < word->end && (*word->at < '0' || *word->at > '9');
}

bool ct_log_annotation(struct ct_span *rest, char **path, struct ct_arena *arena)
{
	static const char deleted[] = "(deleted)";
	struct ct_span at = *rest;
	const char *stop;
	size_t len;
	int depth = 1;

	if (!ct_span_take(&at, "<") || (at.at < at.end && *at.at == '<'))
		return false;
	for (stop = at.at; stop < at.end; stop++) {
		if (*stop == '<')
			depth++;
		else if (*stop == '>' && stop[-1] != '-' && --depth == 0)
			break;
	}
	if (stop == at.end)
		return false;
	rest->at = stop + 1;
	/* what kind of a file it is, in brackets of its own */
	if (*at.at == '/' && memchr(at.at, '<', (size_t)(stop - at.at)))
		stop = memchr(at.at, '<', (size_t)(stop - at.at));
	*path = unescape(&at, stop, &len, arena);
	if (ct_span_take(rest, deleted))
		*path = ct_arena_printf(arena, "%s (deleted)", *path);
	return true;
}
