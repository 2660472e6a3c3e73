/* SPDX-License-Identifier: MIT */
/* The kinds of single values: numbers, names, strings. */
#include "json_field.h"

#include "cttrace/escape.h"

#include <inttypes.h>
#include <stdio.h>

/* A member of 4 bytes is unsigned if its row lets it be larger than a signed one. */
static int64_t load_int(const struct ct_json_field *field, const void *object)
{
	const void *member = ct_json_at(field, object);

	if (field->size == sizeof(int64_t))
		return *(const int64_t *)member;
	if (field->size == sizeof(int16_t))
		return *(const int16_t *)member;
	if (field->max > INT32_MAX)
		return *(const uint32_t *)member;
	return *(const int32_t *)member;
}

static void store_int(const struct ct_json_field *field, void *object, int64_t value)
{
	void *member = ct_json_place(field, object);

	if (field->size == sizeof(int64_t))
		*(int64_t *)member = value;
	else if (field->size == sizeof(int16_t))
		*(int16_t *)member = (int16_t)value;
	else
		*(uint32_t *)member = (uint32_t)value;
}

static void write_int(struct ct_json_out *out, const struct ct_json_field *field,
		      const void *object)
{
	int64_t value = load_int(field, object);

	if (value == field->absent && !ct_json_always(field))
		return;
	ct_json_out_key(out, field->key);
	ct_json_out_int(out, ct_json_clamp(field, value));
}

static int read_int(struct ct_json_reader *reader, const struct ct_json_field *field,
		    const struct ct_json_node *value, void *object)
{
	int64_t number = field->absent;

	if (value) {
		if (value->kind != CT_JSON_INTEGER)
			return ct_json_complain(reader, "\"%s\" is not an integer",
						field->key);
		number = value->integer;
		if (number < field->min || number > field->max)
			return ct_json_complain(reader, "\"%s\" is out of range",
						field->key);
	}
	store_int(field, object, number);
	return 0;
}

const struct ct_json_type ct_json_int = { write_int, read_int, true };

static void write_hex(struct ct_json_out *out, const struct ct_json_field *field,
		      const void *object)
{
	uint64_t value = *(const uint64_t *)ct_json_at(field, object);
	char text[sizeof("0xffffffffffffffff")];

	if (!value && !ct_json_always(field))
		return;
	snprintf(text, sizeof(text), "0x%" PRIx64, value);
	ct_json_out_key(out, field->key);
	ct_json_out_text(out, text);
}

/* "0x" and one to sixteen digits, none of them in upper case. */
static bool parse_hex(const struct ct_json_node *value, uint64_t *number)
{
	const char *text = value->text;

	*number = 0;
	if (value->kind != CT_JSON_STRING || value->count < 3 || value->count > 18 ||
	    text[0] != '0' || text[1] != 'x')
		return false;
	for (uint32_t i = 2; i < value->count; i++) {
		int digit = ct_hex_digit(text[i]);

		if (digit < 0 || (text[i] >= 'A' && text[i] <= 'F'))
			return false;
		*number = *number << 4 | (uint64_t)digit;
	}
	return true;
}

static int read_hex(struct ct_json_reader *reader, const struct ct_json_field *field,
		    const struct ct_json_node *value, void *object)
{
	uint64_t number = 0;

	if (value && !parse_hex(value, &number))
		return ct_json_complain(reader, "\"%s\" is not a string like \"0x1f\"",
					field->key);
	*(uint64_t *)ct_json_place(field, object) = number;
	return 0;
}

const struct ct_json_type ct_json_hex = { write_hex, read_hex, true };

static void write_flag(struct ct_json_out *out, const struct ct_json_field *field,
		       const void *object)
{
	bool value = *(const bool *)ct_json_at(field, object);

	if (!value && !ct_json_always(field))
		return;
	ct_json_out_key(out, field->key);
	ct_json_out_word(out, value ? "true" : "false");
}

static int read_flag(struct ct_json_reader *reader, const struct ct_json_field *field,
		     const struct ct_json_node *value, void *object)
{
	if (value && value->kind != CT_JSON_TRUE && value->kind != CT_JSON_FALSE)
		return ct_json_complain(reader, "\"%s\" is not true or false",
					field->key);
	*(bool *)ct_json_place(field, object) = value && value->kind == CT_JSON_TRUE;
	return 0;
}

const struct ct_json_type ct_json_flag = { write_flag, read_flag, true };

static void write_enum(struct ct_json_out *out, const struct ct_json_field *field,
		       const void *object)
{
	int64_t value = load_int(field, object);

	if (value == field->absent && !ct_json_always(field))
		return;
	ct_json_out_key(out, field->key);
	ct_json_out_text(out, field->name_of((int)value));
}

static int read_enum(struct ct_json_reader *reader, const struct ct_json_field *field,
		     const struct ct_json_node *value, void *object)
{
	if (!value) {
		store_int(field, object, field->absent);
		return 0;
	}
	for (int i = 0; value->kind == CT_JSON_STRING && i <= field->max; i++)
		if (ct_json_is(value, field->name_of(i))) {
			store_int(field, object, i);
			return 0;
		}
	return ct_json_complain(reader, "\"%s\" is not one of its names", field->key);
}

const struct ct_json_type ct_json_enum = { write_enum, read_enum, true };

static int read_bytes_of(struct ct_json_reader *reader, const struct ct_json_field *field,
			 const struct ct_json_node *value, const char **bytes,
			 size_t *len)
{
	if (value->kind != CT_JSON_STRING)
		return ct_json_complain(reader, "\"%s\" is not a string", field->key);
	*bytes = ct_json_unescaped(reader, value, len);
	if (!*bytes)
		return ct_json_complain(
			reader, "\"%s\" has a backslash that is no escape", field->key);
	return 0;
}

static void write_text(struct ct_json_out *out, const struct ct_json_field *field,
		       const void *object)
{
	const char *text = *(const char *const *)ct_json_at(field, object);

	if ((!text || !*text) && !ct_json_always(field))
		return;
	ct_json_out_key(out, field->key);
	ct_json_out_text(out, text ? text : "");
}

static int read_text(struct ct_json_reader *reader, const struct ct_json_field *field,
		     const struct ct_json_node *value, void *object)
{
	const char **text = ct_json_place(field, object);
	size_t len;

	*text = "";
	return value ? read_bytes_of(reader, field, value, text, &len) : 0;
}

const struct ct_json_type ct_json_text = { write_text, read_text, false };

static void write_maybe_text(struct ct_json_out *out, const struct ct_json_field *field,
			     const void *object)
{
	const char *text = *(const char *const *)ct_json_at(field, object);

	if (!text)
		return;
	ct_json_out_key(out, field->key);
	ct_json_out_text(out, text);
}

static int read_maybe_text(struct ct_json_reader *reader,
			   const struct ct_json_field *field,
			   const struct ct_json_node *value, void *object)
{
	const char **text = ct_json_place(field, object);
	size_t len;

	*text = NULL;
	return value ? read_bytes_of(reader, field, value, text, &len) : 0;
}

const struct ct_json_type ct_json_maybe_text = { write_maybe_text, read_maybe_text,
						 true };

static void write_bytes(struct ct_json_out *out, const struct ct_json_field *field,
			const void *object)
{
	const char *bytes = *(const char *const *)ct_json_at(field, object);
	size_t len = *(const size_t *)((const char *)object + field->count);

	if (!len && !ct_json_always(field))
		return;
	ct_json_out_key(out, field->key);
	ct_json_out_bytes(out, bytes, len);
}

static int read_bytes(struct ct_json_reader *reader, const struct ct_json_field *field,
		      const struct ct_json_node *value, void *object)
{
	const char **bytes = ct_json_place(field, object);
	size_t *len = (size_t *)((char *)object + field->count);

	*bytes = NULL;
	*len = 0;
	return value ? read_bytes_of(reader, field, value, bytes, len) : 0;
}

const struct ct_json_type ct_json_bytes = { write_bytes, read_bytes, true };
