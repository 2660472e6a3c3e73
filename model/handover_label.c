/* SPDX-License-Identifier: MIT */
/*
 * A few words of a message: the name that its JSON gives it, or how it begins. Protocols
 * of runtimes are their own business; a picture needs a word at its arrow.
 */
#include "handover.h"

#include <ctype.h>
#include <string.h>

enum { LABEL_MAX = 32 };

struct span {
	const char *at;
	size_t len;
};

/* The string value of a member of a flat JSON object; len 0: it has none. */
static struct span member(const struct ct_arg *bytes, const char *key)
{
	const char *end = bytes->str + bytes->len;
	const char *at = memmem(bytes->str, bytes->len, key, strlen(key));
	struct span value;

	if (!at)
		return (struct span){ 0 };
	at += strlen(key);
	while (at < end && strchr(" \t\n:", *at) && *at)
		at++;
	if (at == end || *at != '"')
		return (struct span){ 0 };
	value.at = at + 1;
	value.len = 0;
	while (value.at + value.len < end &&
	       isgraph((unsigned char)value.at[value.len]) &&
	       value.at[value.len] != '"' && value.at[value.len] != '\\')
		value.len++;
	return value;
}

static bool is_text(const struct ct_arg *bytes)
{
	size_t n = bytes->len < LABEL_MAX ? bytes->len : LABEL_MAX;

	for (size_t i = 0; i < n; i++)
		if (!isprint((unsigned char)bytes->str[i]) &&
		    !isspace((unsigned char)bytes->str[i]))
			return false;
	return n > 0;
}

const char *handover_label(struct model *m, const struct ct_arg *bytes)
{
	struct span name;
	size_t line = 0;

	if (!bytes || bytes->type != CT_VALUE_STR || !bytes->str || !is_text(bytes))
		return "";
	if (bytes->str[0] != '{') {
		while (line < bytes->len && line < LABEL_MAX &&
		       isprint((unsigned char)bytes->str[line]))
			line++;
		return ct_arena_strndup(&m->results, bytes->str, line);
	}
	if (memmem(bytes->str, bytes->len, "\"ociVersion\"", 12))
		return "configuration";
	name = member(bytes, "\"type\"");
	if (!name.len)
		name = member(bytes, "\"msg\"");
	return name.len ? ct_arena_strndup(&m->results, name.at,
					   name.len < LABEL_MAX ? name.len : LABEL_MAX)
			: "JSON";
}
