/* SPDX-License-Identifier: MIT */
/* Error messages of programs in any language: no grammar, only words. */
#include "words.h"

#include "cttrace/errno.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define WORDS_MAX 96 /* a message that is longer is not looked at to its end */

/* -------- errors -------- */

/* Descriptions that other libraries than glibc give, and Go's own. */
static const struct {
	int error;
	const char *text;
} more_texts[] = {
	{ 1, "not permitted" },       { 2, "not found" },      { 2, "does not exist" },
	{ 2, "doesn't exist" },       { 11, "try again" },     { 17, "already exists" },
	{ 20, "is not a directory" }, { 95, "not supported" },
};

static bool bounds_word(const char *text, const char *start, size_t len)
{
	return (start == text || !isalnum((unsigned char)start[-1])) &&
	       !isalnum((unsigned char)start[len]);
}

static const char *find_phrase(const char *text, const char *phrase)
{
	size_t len = strlen(phrase);

	for (const char *at = strcasestr(text, phrase); at;
	     at = strcasestr(at + 1, phrase))
		if (bounds_word(text, at, len))
			return at;
	return NULL;
}

struct errors {
	struct words *words;
	const char *text, *first;
	size_t first_len;
};

/* Where two descriptions begin at the same place, the longer one is meant. */
static void note_error(struct errors *errors, int error, const char *phrase)
{
	const char *at = phrase ? find_phrase(errors->text, phrase) : NULL;
	size_t len;

	if (!at)
		return;
	len = strlen(phrase);
	errors->words->errors[error] = true;
	if (!errors->first || at < errors->first ||
	    (at == errors->first && len > errors->first_len)) {
		errors->first = at;
		errors->first_len = len;
		errors->words->first_error = error;
	}
}

static void find_errors(struct words *words, const char *text)
{
	struct errors errors = { .words = words, .text = text };

	for (int e = 1; e < WORDS_ERRNO_MAX; e++) {
		const char *name = ct_errno_name(e);

		note_error(&errors, e, strerrordesc_np(e));
		if (name[0] == 'E')
			note_error(&errors, e, name);
	}
	if (errors.first)
		return;
	for (size_t i = 0; i < sizeof(more_texts) / sizeof(*more_texts); i++)
		note_error(&errors, more_texts[i].error, more_texts[i].text);
}

/* -------- words and names -------- */

static bool is_quote(char c)
{
	return c == '"' || c == '`' || c == '\'';
}

/* What may stand inside a word, or inside a path. */
static bool is_inside(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("/._-:@+%=$\\", c)) ||
	       (c & 0x80);
}

/* Translated programs quote in typography: U+2018, U+2019, U+201C, U+201D, and French and
 * German ways. The same in ASCII, with the other bytes as blanks. */
static const char *plain_quotes(const char *text, struct ct_arena *arena)
{
	static const struct {
		const char *quote;
		char plain;
	} quotes[] = { { "\xe2\x80\x98", '`' }, { "\xe2\x80\x99", '`' },
		       { "\xe2\x80\x9a", '`' }, { "\xe2\x80\x9c", '"' },
		       { "\xe2\x80\x9d", '"' }, { "\xe2\x80\x9e", '"' },
		       { "\xc2\xab", '"' },     { "\xc2\xbb", '"' } };
	char *copy = ct_arena_strdup(arena, text);

	for (size_t i = 0; i < sizeof(quotes) / sizeof(*quotes); i++)
		for (char *at = strstr(copy, quotes[i].quote); at;
		     at = strstr(at, quotes[i].quote)) {
			memset(at, ' ', strlen(quotes[i].quote));
			/* next to what it quotes, on either side */
			at[at > copy && at[-1] != ' ' ? 0 : strlen(quotes[i].quote) - 1] =
				quotes[i].plain;
		}
	return copy;
}

static bool is_number(const char *word)
{
	return word[strspn(word, "0123456789.:-")] == '\0';
}

/* A thing and not a word of the language: a path, a constant, a file, a setting. */
static bool is_name(const char *word)
{
	size_t len = strlen(word);
	bool upper = false, lower = false;

	if (len < 3 || is_number(word))
		return false;
	if (strchr(word, '/') || strchr(word, '_') || strchr(word, '.'))
		return true;
	for (size_t i = 0; i < len; i++) {
		upper |= isupper((unsigned char)word[i]) != 0;
		lower |= islower((unsigned char)word[i]) != 0;
	}
	return upper && !lower;
}

static void add(const char **list, size_t *n, const char *word)
{
	if (*n < WORDS_MAX)
		list[(*n)++] = word;
}

/* Punctuation around a word is the sentence's: "(via /proc/self/fd/6):" */
static char *trim(char *word)
{
	size_t len;

	while (*word && strchr(":.=-\\@", *word) && word[1] && !strchr("/.", word[1]))
		word++;
	len = strlen(word);
	while (len && strchr(":.,=\\-", word[len - 1]))
		word[--len] = '\0';
	return word;
}

static void add_word(struct words *words, char *word)
{
	char *colon;

	word = trim(word);
	if (!*word)
		return;
	add(words->all, &words->n_all, word);
	if (!is_name(word))
		return;
	add(words->names, &words->n_names, word);
	/* "none:/data", "msg=/x": the parts are names as well */
	colon = strpbrk(word, ":=");
	if (colon && colon[1])
		add(words->names, &words->n_names, colon + 1);
}

static void find_words(struct words *words, const char *text, struct ct_arena *arena)
{
	while (*text) {
		size_t len = 0;

		while (is_inside(text[len]))
			len++;
		if (len)
			add_word(words, ct_arena_strndup(arena, text, len));
		text += len ? len : 1;
	}
}

/* An apostrophe inside a word ("can't") quotes nothing. */
static void find_quoted(struct words *words, const char *text, struct ct_arena *arena)
{
	for (const char *at = text; *at; at++) {
		const char *end;

		if (!is_quote(*at) || (at > text && isalnum((unsigned char)at[-1])))
			continue;
		end = strchr(at + 1, *at);
		if (!end)
			continue;
		if (end > at + 1 && end - at < 4096)
			add(words->names, &words->n_names,
			    ct_arena_strndup(arena, at + 1, (size_t)(end - at - 1)));
		at = end;
	}
}

/* -------- the whole -------- */

static bool complains(const char *text)
{
	static const char *const said[] = {
		"error",        "fail",         "cannot",       "can't",    "unable",
		"denied",       "fatal",        "not found",    "invalid",  "no such",
		"could not",    "refused",      "missing",      "unknown",  "not allowed",
		"must be",      "required",     "exceeds",      "panic",    "requires",
		"exclusive",    "unsupported",  "unrecognized", "conflict", "illegal",
		"out of range", "incompatible",
	};

	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		if (strcasestr(text, said[i]))
			return true;
	return false;
}

struct words words_of(const char *text, struct ct_arena *arena)
{
	struct words words = {
		.all = ct_arena_array(arena, const char *, WORDS_MAX),
		.names = ct_arena_array(arena, const char *, WORDS_MAX),
	};

	text = plain_quotes(text, arena);
	find_errors(&words, text);
	find_quoted(&words, text, arena);
	find_words(&words, text, arena);
	words.complains = words.first_error || complains(text);
	return words;
}

size_t words_in_common(const struct words *a, const struct words *b)
{
	size_t best = 0;

	for (size_t i = 0; i < a->n_all; i++)
		for (size_t j = 0; j < b->n_all; j++) {
			size_t n = 0;

			while (i + n < a->n_all && j + n < b->n_all &&
			       !strcasecmp(a->all[i + n], b->all[j + n]))
				n++;
			if (n > best)
				best = n;
		}
	return best;
}

bool words_have(const struct words *words, const char *beginning)
{
	size_t len = strlen(beginning);

	for (size_t i = 0; i < words->n_all; i++)
		if (!strncasecmp(words->all[i], beginning, len))
			return true;
	return false;
}
