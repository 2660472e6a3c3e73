/* SPDX-License-Identifier: MIT */
/* A bundle's configuration without what is private: its variables, and known names. */
#include "redact.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define HIDDEN "<redacted>"

static json_t *parse(const char *text, size_t len)
{
	return json_loadb(text, len, JSON_ALLOW_NUL, NULL);
}

const char *redactor_variable(struct redactor *redactor, const char *text, size_t len)
{
	const char *equals = memchr(text, '=', len);

	if (!equals)
		return HIDDEN;
	return ct_arena_printf(redactor->arena, "%.*s=" HIDDEN, (int)(equals - text),
			       text);
}

static json_t *clean_string(struct redactor *redactor, const json_t *string,
			    bool is_variable)
{
	const char *text = json_string_value(string);
	size_t len = json_string_length(string);

	if (is_variable)
		return json_string(redactor_variable(redactor, text, len));
	text = redactor_apply(redactor, text, &len);
	return json_stringn_nocheck(text, len);
}

/* recursive: as deep as the parser goes, JSON_PARSER_MAX_DEPTH */
static json_t *clean(struct redactor *redactor, json_t *value, bool variables)
{
	const char *key;
	json_t *item, *out;
	size_t i;

	if (json_is_string(value))
		return clean_string(redactor, value, variables);
	if (json_is_array(value)) {
		out = json_array();
		json_array_foreach (value, i, item)
			json_array_append_new(out, clean(redactor, item, variables));
		return out;
	}
	if (!json_is_object(value))
		return json_incref(value);
	out = json_object();
	json_object_foreach (value, key, item)
		json_object_set_new_nocheck(
			out, key,
			clean(redactor, item, variables || !strcmp(key, "env")));
	return out;
}

void redactor_learn_config(struct redactor *redactor, const char *text, size_t len)
{
	json_t *config = parse(text, len);
	json_t *args = json_object_get(json_object_get(config, "process"), "args");
	const char **argv =
		ct_arena_array(redactor->arena, const char *, json_array_size(args) + 1);
	size_t argc = 0, i;
	json_t *arg;

	json_array_foreach (args, i, arg)
		if (json_is_string(arg))
			argv[argc++] = json_string_value(arg);
	redactor_learn_command(redactor, argv, argc);
	redactor_learn_homes(redactor, text, len);
	json_decref(config);
}

const char *redactor_config(struct redactor *redactor, const char *text, size_t *len)
{
	json_t *config = parse(text, *len);
	json_t *cleaned = config ? clean(redactor, config, false) : NULL;
	char *dumped = cleaned ? json_dumps(cleaned, JSON_COMPACT) : NULL;
	/* what cannot be read cannot be cleaned */
	const char *out = dumped ? dumped : HIDDEN;

	*len = strlen(out);
	out = ct_arena_strndup(redactor->arena, out, *len);
	free(dumped);
	json_decref(cleaned);
	json_decref(config);
	return out;
}
