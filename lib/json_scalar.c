/* SPDX-License-Identifier: MIT */
/* The kinds of single values: numbers, names, strings. */
#include "json_field.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A member of 4 bytes is unsigned if its row lets it be larger than a signed one. */
static int64_t load_int(const struct ct_json_field *field, const void *object)
{
	const void *member = ct_json_at(field, object);

	if (field->size == sizeof(int64_t))
		return *(const int64_t *)member;
	if (field->max > INT32_MAX)
		return *(const uint32_t *)member;
	return *(const int32_t *)member;
}

static void store_int(const struct ct_json_field *field, void *object, int64_t value)
{
	void *member = ct_json_place(field, object);

	if (field->size == sizeof(int64_t))
		*(int64_t *)member = value;
	else
		*(uint32_t *)member = (uint32_t)value;
}

static json_t *write_int(const struct ct_json_field *field, const void *object)
{
	int64_t value = load_int(field, object);

	if (value == field->absent && !ct_json_always(field))
		return NULL;
	return ct_json_must(json_integer(ct_json_clamp(field, value)));
}

static int read_int(struct ct_json_reader *reader, const struct ct_json_field *field,
		    json_t *value, void *object)
{
	int64_t number = field->absent;

	if (value) {
		if (!json_is_integer(value))
			return ct_json_complain(reader, "\"%s\" is not an integer",
						field->key);
		number = json_integer_value(value);
		if (number < field->min || number > field->max)
			return ct_json_complain(reader, "\"%s\" is out of range",
						field->key);
	}
	store_int(field, object, number);
	return 0;
}

const struct ct_json_type ct_json_int = { write_int, read_int };

static json_t *write_hex(const struct ct_json_field *field, const void *object)
{
	uint64_t value = *(const uint64_t *)ct_json_at(field, object);
	char text[sizeof("0xffffffffffffffff")];

	if (!value && !ct_json_always(field))
		return NULL;
	snprintf(text, sizeof(text), "0x%" PRIx64, value);
	return ct_json_must(json_string_nocheck(text));
}

static int read_hex(struct ct_json_reader *reader, const struct ct_json_field *field,
		    json_t *value, void *object)
{
	const char *text = json_string_value(value);
	uint64_t number = 0;

	if (value) {
		size_t digits = text && !strncmp(text, "0x", 2)
					? strspn(text + 2, "0123456789abcdef")
					: 0;

		if (!digits || digits > 16 || text[2 + digits])
			return ct_json_complain(reader,
						"\"%s\" is not a string like \"0x1f\"",
						field->key);
		number = strtoull(text, NULL, 16);
	}
	*(uint64_t *)ct_json_place(field, object) = number;
	return 0;
}

const struct ct_json_type ct_json_hex = { write_hex, read_hex };

static json_t *write_flag(const struct ct_json_field *field, const void *object)
{
	bool value = *(const bool *)ct_json_at(field, object);

	return value || ct_json_always(field) ? json_boolean(value) : NULL;
}

static int read_flag(struct ct_json_reader *reader, const struct ct_json_field *field,
		     json_t *value, void *object)
{
	if (value && !json_is_boolean(value))
		return ct_json_complain(reader, "\"%s\" is not true or false",
					field->key);
	*(bool *)ct_json_place(field, object) = json_is_true(value);
	return 0;
}

const struct ct_json_type ct_json_flag = { write_flag, read_flag };

static json_t *write_enum(const struct ct_json_field *field, const void *object)
{
	int64_t value = load_int(field, object);

	if (value == field->absent && !ct_json_always(field))
		return NULL;
	return ct_json_must(json_string_nocheck(field->name_of((int)value)));
}

static int read_enum(struct ct_json_reader *reader, const struct ct_json_field *field,
		     json_t *value, void *object)
{
	const char *name = json_string_value(value);

	if (!value) {
		store_int(field, object, field->absent);
		return 0;
	}
	for (int i = 0; name && i <= field->max; i++)
		if (!strcmp(field->name_of(i), name)) {
			store_int(field, object, i);
			return 0;
		}
	return ct_json_complain(reader, "\"%s\" is not one of its names", field->key);
}

const struct ct_json_type ct_json_enum = { write_enum, read_enum };

static int read_bytes_of(struct ct_json_reader *reader, const struct ct_json_field *field,
			 json_t *value, const char **bytes, size_t *len)
{
	if (!json_is_string(value))
		return ct_json_complain(reader, "\"%s\" is not a string", field->key);
	*bytes = ct_json_unescaped(reader->arena, value, len);
	if (!*bytes)
		return ct_json_complain(
			reader, "\"%s\" has a backslash that is no escape", field->key);
	return 0;
}

static json_t *write_text(const struct ct_json_field *field, const void *object)
{
	const char *text = *(const char *const *)ct_json_at(field, object);

	if ((!text || !*text) && !ct_json_always(field))
		return NULL;
	return ct_json_escaped(text ? text : "", text ? strlen(text) : 0);
}

static int read_text(struct ct_json_reader *reader, const struct ct_json_field *field,
		     json_t *value, void *object)
{
	const char **text = ct_json_place(field, object);
	size_t len;

	*text = "";
	return value ? read_bytes_of(reader, field, value, text, &len) : 0;
}

const struct ct_json_type ct_json_text = { write_text, read_text };

static json_t *write_maybe_text(const struct ct_json_field *field, const void *object)
{
	const char *text = *(const char *const *)ct_json_at(field, object);

	return text ? ct_json_escaped(text, strlen(text)) : NULL;
}

static int read_maybe_text(struct ct_json_reader *reader,
			   const struct ct_json_field *field, json_t *value, void *object)
{
	const char **text = ct_json_place(field, object);
	size_t len;

	*text = NULL;
	return value ? read_bytes_of(reader, field, value, text, &len) : 0;
}

const struct ct_json_type ct_json_maybe_text = { write_maybe_text, read_maybe_text };

static json_t *write_bytes(const struct ct_json_field *field, const void *object)
{
	const char *bytes = *(const char *const *)ct_json_at(field, object);
	size_t len = *(const size_t *)((const char *)object + field->count);

	if (!len && !ct_json_always(field))
		return NULL;
	return ct_json_escaped(bytes, len);
}

static int read_bytes(struct ct_json_reader *reader, const struct ct_json_field *field,
		      json_t *value, void *object)
{
	const char **bytes = ct_json_place(field, object);
	size_t *len = (size_t *)((char *)object + field->count);

	*bytes = NULL;
	*len = 0;
	return value ? read_bytes_of(reader, field, value, bytes, len) : 0;
}

const struct ct_json_type ct_json_bytes = { write_bytes, read_bytes };
