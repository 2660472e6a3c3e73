/* SPDX-License-Identifier: MIT */
/* Compares the words of a message with a call's name and arguments. */
#include "call_words.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define LONG_TEXT 512

static const struct {
	const char *word, *calls;
} verbs[] = {
#define VERB(word, calls) { word, calls },
#include "verbs.def"
#undef VERB
};

bool call_in_list(const char *list, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = strstr(list, name); at; at = strstr(at + 1, name))
		if ((at == list || at[-1] == ' ') && (!at[len] || at[len] == ' '))
			return true;
	return false;
}

bool call_is_verb(const struct ct_event_call *call, const struct words *words)
{
	if (words_have(words, call->name))
		return true;
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (call_in_list(verbs[i].calls, call->name) &&
		    words_have(words, verbs[i].word))
			return true;
	return false;
}

/* "net.ipv4.ip_forward" is the file net/ipv4/ip_forward. */
static bool same_setting(const char *path, size_t path_len, const char *name, size_t len)
{
	if (len > path_len || strchr(name, '/'))
		return false;
	path += path_len - len;
	for (size_t i = 0; i < len; i++)
		if (path[i] != name[i] && !(path[i] == '/' && name[i] == '.'))
			return false;
	return strchr(name, '.') != NULL;
}

static bool ends_with(const char *text, size_t text_len, const char *end, size_t len)
{
	return len <= text_len && !memcmp(text + text_len - len, end, len);
}

/* A path of a container is the end of the host's path to the same file. */
static int match_path(const char *path, const char *name)
{
	size_t path_len = strlen(path), len = strlen(name);

	while (len > 1 && name[len - 1] == '/')
		len--;
	if (len == path_len && !memcmp(path, name, len))
		return 3;
	if (len < 2 || !path_len)
		return 0;
	if (name[0] == '/' && ends_with(path, path_len, name, len))
		return 3;
	if (ends_with(path, path_len, name, len) && path[path_len - len - 1] == '/')
		return 2;
	if (same_setting(path, path_len, name, len))
		return 2;
	/* the walk along a path ends at the first part that is not there */
	if (path_len > 1 && path_len < len && name[path_len] == '/' &&
	    !memcmp(path, name, path_len))
		return 2;
	return len > 4 && memmem(path, path_len, name, len) ? 1 : 0;
}

/* A word in an argument's text: "RLIMIT_NOFILE", a file system's type, an option. */
static int match_text(const char *text, const char *name)
{
	size_t len = strlen(name);
	const char *at = len > 2 ? strstr(text, name) : NULL;

	if (!at)
		return 0;
	if ((at == text || !isalnum((unsigned char)at[-1])) &&
	    !isalnum((unsigned char)at[len]))
		return 2;
	return len > 4 ? 1 : 0;
}

static int match_arg(const struct ct_arg *arg, const char *name)
{
	int best = 0, got;

	/* a whole configuration names everything, and so nothing */
	if (arg->type == CT_VALUE_STR && arg->len > LONG_TEXT && !arg->path)
		return 0;
	if (arg->path)
		best = match_path(arg->path, name);
	if (arg->type == CT_VALUE_STR && arg->str) {
		got = arg->str[0] == '/' || strchr(arg->str, '/')
			      ? match_path(arg->str, name)
		      : !strcmp(arg->str, name) ? 3
						: 0;
		best = got > best ? got : best;
	}
	if (arg->text && best < 2) {
		got = match_text(arg->text, name);
		best = got > best ? got : best;
	}
	return best;
}

int call_names(const struct ct_event_call *call, const struct words *words,
	       const char **what)
{
	int best = 0;

	for (size_t n = 0; n < words->n_names; n++)
		for (size_t a = 0; a < call->n_args; a++) {
			int got = match_arg(&call->args[a], words->names[n]);

			if (got > best) {
				best = got;
				*what = words->names[n];
			}
		}
	return best;
}
