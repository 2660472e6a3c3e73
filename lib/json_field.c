/* SPDX-License-Identifier: MIT */
/* Walking the rows of a struct, to write them and to read them. */
#include "json_field.h"

#include "cttrace/escape.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int ct_json_complain(struct ct_json_reader *reader, const char *fmt, ...)
{
	char text[CT_ERROR_TEXT];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return ct_error_set(reader->err, EINVAL, "%s: line %zu: %s", reader->name,
			    reader->line, text);
}

const char *ct_json_unescaped(struct ct_json_reader *reader,
			      const struct ct_json_node *string, size_t *len)
{
	char *bytes;
	long n;

	*len = string->count;
	if (!memchr(string->text, '\\', string->count))
		return ct_string_cache_get(reader->strings, string->text, string->count);
	bytes = ct_arena_alloc(reader->arena, (size_t)string->count + 1);
	n = ct_unescape(bytes, string->text, string->count);
	if (n < 0)
		return NULL;
	/* the arena's memory is zeroed, but an escape may have left more behind it */
	bytes[n] = '\0';
	*len = (size_t)n;
	return bytes;
}

static bool is_there(const struct ct_json_field *field, const void *object)
{
	const unsigned int *tag =
		(const void *)((const char *)object + field->when.offset);

	return (*tag & field->when.mask) == field->when.value;
}

void ct_json_write(struct ct_json_out *out, const struct ct_json_shape *shape,
		   const void *object)
{
	for (size_t i = 0; i < shape->n_fields; i++) {
		const struct ct_json_field *field = &shape->fields[i];

		if (!field->when.mask || is_there(field, object))
			field->type->write(out, field, object);
	}
}

static int read_field(struct ct_json_reader *reader, const struct ct_json_field *field,
		      const struct ct_json_node *value, void *object)
{
	if (field->when.mask) {
		unsigned int *tag = (void *)((char *)object + field->when.offset);

		if (*tag & field->when.mask)
			return ct_json_complain(reader, "\"%s\" contradicts another key",
						field->key);
		*tag |= field->when.value;
	}
	return field->type->read(reader, field, value, object);
}

int ct_json_read(struct ct_json_reader *reader, const struct ct_json_shape *shape,
		 const struct ct_json_node *in, void *object)
{
	/* all of them first: two fields may share a member, and only one be there */
	for (size_t i = 0; i < shape->n_fields; i++)
		shape->fields[i].type->read(reader, &shape->fields[i], NULL, object);
	if (!in)
		return 0;
	for (size_t i = 0; i < shape->n_fields; i++) {
		const struct ct_json_field *field = &shape->fields[i];
		const struct ct_json_node *value = ct_json_get(in, field->key);
		int r = 0;

		if (value)
			r = read_field(reader, field, value, object);
		else if (field->required)
			r = ct_json_complain(reader, "\"%s\" is missing", field->key);
		if (r < 0)
			return r;
	}
	return shape->settle ? shape->settle(reader, object) : 0;
}
