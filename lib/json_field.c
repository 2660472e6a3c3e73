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
	if (!string->backslash)
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

/* Stores what missing keys mean; returns how many must not be missing. */
static size_t blank(struct ct_json_reader *reader, const struct ct_json_shape *shape,
		    void *object)
{
	size_t required = 0;

	for (size_t i = 0; i < shape->n_fields; i++) {
		const struct ct_json_field *field = &shape->fields[i];

		required += field->required;
		if (!field->type->zero || field->absent)
			field->type->read(reader, field, NULL, object);
	}
	return required;
}

/* The row of a key. Keys mostly come in the order of the rows: it looks behind the last
 * one first. NULL: it is not known. */
static const struct ct_json_field *row_of(const struct ct_json_shape *shape,
					  const struct ct_json_node *key, size_t *next)
{
	size_t at = *next;

	for (size_t i = 0; i < shape->n_fields; i++, at++) {
		const struct ct_json_field *field;

		at = at < shape->n_fields ? at : 0;
		field = &shape->fields[at];
		if (key->count && *key->text == *field->key &&
		    ct_json_is(key, field->key)) {
			*next = at + 1;
			return field;
		}
	}
	return NULL;
}

static int something_is_missing(struct ct_json_reader *reader,
				const struct ct_json_shape *shape,
				const struct ct_json_node *in)
{
	for (size_t i = 0; i < shape->n_fields; i++) {
		const struct ct_json_field *field = &shape->fields[i];

		if (field->required && !ct_json_get(in, field->key))
			return ct_json_complain(reader, "\"%s\" is missing", field->key);
	}
	return 0;
}

/* Looks behind the part and the row of the last key first, as row_of(). */
static const struct ct_json_field *part_row_of(const struct ct_json_part *parts, size_t n,
					       const struct ct_json_node *key,
					       size_t *part, size_t *next)
{
	for (size_t i = 0, at = *part; i < n; i++, at++) {
		const struct ct_json_field *field;
		size_t from = i ? 0 : *next;

		at = at < n ? at : 0;
		field = row_of(parts[at].shape, key, &from);
		if (field) {
			*part = at;
			*next = from;
			return field;
		}
	}
	return NULL;
}

static int read_keys(struct ct_json_reader *reader, const struct ct_json_part *parts,
		     size_t n, const struct ct_json_node *in, size_t *required)
{
	const struct ct_json_node *key = in + 1;
	size_t part = 0, next = 0;

	for (size_t i = 0; i < in->count; i++, key = ct_json_next(key + 1)) {
		const struct ct_json_field *field =
			part_row_of(parts, n, key, &part, &next);
		int r = field ? read_field(reader, field, key + 1, parts[part].object)
			      : 0;

		if (r < 0)
			return r;
		*required -= field && field->required;
	}
	return 0;
}

static int settle(struct ct_json_reader *reader, const struct ct_json_part *part)
{
	return part->shape->settle ? part->shape->settle(reader, part->object) : 0;
}

int ct_json_read_parts(struct ct_json_reader *reader, const struct ct_json_part *parts,
		       size_t n, const struct ct_json_node *in)
{
	size_t required = 0;
	int r = 0;

	/* all of them first: two fields may share a member, and only one be there */
	for (size_t i = 0; i < n; i++)
		required += blank(reader, parts[i].shape, parts[i].object);
	if (!in)
		return 0;
	r = read_keys(reader, parts, n, in, &required);
	for (size_t i = 0; !r && required && i < n; i++)
		r = something_is_missing(reader, parts[i].shape, in);
	for (size_t i = 0; !r && i < n; i++)
		r = settle(reader, &parts[i]);
	return r;
}

int ct_json_read(struct ct_json_reader *reader, const struct ct_json_shape *shape,
		 const struct ct_json_node *in, void *object)
{
	return ct_json_read_parts(reader, &(struct ct_json_part){ shape, object }, 1, in);
}
