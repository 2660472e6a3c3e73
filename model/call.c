/* SPDX-License-Identifier: MIT */
/* Picks arguments apart. */
#include "call.h"

#include <string.h>

static char *copy_text(struct model *m, const struct ct_event_call *call,
		       const char *name)
{
	const struct ct_arg *arg = ct_call_arg(call, name);

	if (!arg || arg->type != CT_VALUE_STR || !arg->str)
		return ct_arena_strdup(&m->arena, "");
	return ct_arena_strndup(&m->arena, arg->str, strnlen(arg->str, arg->len));
}

const char *call_text(struct model *m, const struct ct_event_call *call, const char *name)
{
	return copy_text(m, call, name);
}

const char *call_line(struct model *m, const struct ct_event_call *call, const char *name)
{
	char *text = copy_text(m, call, name);
	size_t len = strlen(text);

	while (len && text[len - 1] == '\n')
		text[--len] = '\0';
	return text;
}

bool call_is_empty(const struct ct_event_call *call, const char *name)
{
	const struct ct_arg *arg = ct_call_arg(call, name);

	return !arg || arg->type != CT_VALUE_STR || !arg->len;
}

const struct ct_arg *call_item(const struct ct_arg *arg, const char *name)
{
	if (!arg || arg->type != CT_VALUE_FIELDS)
		return NULL;
	for (size_t i = 0; i < arg->n_items; i++)
		if (arg->items[i].name && !strcmp(arg->items[i].name, name))
			return &arg->items[i];
	return NULL;
}

int64_t call_item_int(const struct ct_arg *arg, const char *name, int64_t fallback)
{
	const struct ct_arg *item = call_item(arg, name);

	return item && (item->type == CT_VALUE_INT || item->type == CT_VALUE_PTR)
		       ? item->i
		       : fallback;
}

uint64_t call_clone_flags(const struct ct_event_call *call)
{
	const struct ct_arg *args = ct_call_arg(call, "cl_args");

	if (args)
		return (uint64_t)call_item_int(args, "flags", 0);
	return (uint64_t)ct_call_int(call, "flags", 0) & ~(uint64_t)0xff;
}

const char *call_below(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	while (len && dir[len - 1] == '/')
		len--;
	if (strncmp(path, dir, len) != 0 || (path[len] && path[len] != '/'))
		return NULL;
	return path + len;
}
