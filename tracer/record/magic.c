/* SPDX-License-Identifier: MIT */
/* Recognising the magic links of /proc by their names. */
#include "magic.h"

#include <stdbool.h>
#include <string.h>

struct rest {
	const char *at, *end;
};

/* The length of the component at the front. */
static size_t component(const struct rest *rest)
{
	const char *slash = memchr(rest->at, '/', (size_t)(rest->end - rest->at));

	return (size_t)((slash ? slash : rest->end) - rest->at);
}

/* Takes it off, with the slash after it. */
static void skip(struct rest *rest, size_t len)
{
	rest->at += len;
	if (rest->at < rest->end)
		rest->at++;
}

static bool take_word(struct rest *rest, const char *const *words)
{
	size_t len = component(rest);

	for (; *words; words++)
		if (strlen(*words) == len && !memcmp(rest->at, *words, len)) {
			skip(rest, len);
			return true;
		}
	return false;
}

static bool take_number(struct rest *rest)
{
	size_t len = component(rest);

	for (size_t i = 0; i < len; i++)
		if (rest->at[i] < '0' || rest->at[i] > '9')
			return false;
	if (!len)
		return false;
	skip(rest, len);
	return true;
}

size_t ct_magic_prefix(const char *path, size_t len)
{
	static const char *const proc[] = { "proc", NULL };
	static const char *const self[] = { "self", "thread-self", NULL };
	static const char *const task[] = { "task", NULL };
	static const char *const links[] = { "exe", "cwd", "root", NULL };
	static const char *const folders[] = { "fd", "ns", NULL };
	struct rest rest = { path + 1, path + len };
	size_t end;

	if (!len || *path != '/' || !take_word(&rest, proc))
		return 0;
	if (!take_word(&rest, self) && !take_number(&rest))
		return 0;
	if (take_word(&rest, task) && !take_number(&rest))
		return 0;
	end = (size_t)(rest.at - path) + component(&rest);
	if (take_word(&rest, links))
		return end;
	if (!take_word(&rest, folders) || !component(&rest))
		return 0;
	return (size_t)(rest.at - path) + component(&rest);
}
