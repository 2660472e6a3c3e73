/* SPDX-License-Identifier: MIT */
/* The kinds of values that hold others: lists and objects. */
#include "json_field.h"

#include <string.h>

static size_t count_of(const struct ct_json_field *field, const void *object)
{
	return *(const size_t *)((const char *)object + field->count);
}

static void set_count(const struct ct_json_field *field, void *object, size_t n)
{
	*(size_t *)((char *)object + field->count) = n;
}

static void open_list(struct ct_json_out *out, const struct ct_json_field *field)
{
	ct_json_out_key(out, field->key);
	ct_json_out_open(out, '[');
}

static int not_a_list(struct ct_json_reader *reader, const struct ct_json_field *field)
{
	return ct_json_complain(reader, "\"%s\" is not a list", field->key);
}

static int read_item_int(struct ct_json_reader *reader, const struct ct_json_field *field,
			 const struct ct_json_node *item, int64_t *number)
{
	if (item->kind != CT_JSON_INTEGER)
		return ct_json_complain(reader,
					"\"%s\" holds something that is not an integer",
					field->key);
	*number = item->integer;
	if (*number < field->min || *number > field->max)
		return ct_json_complain(reader, "\"%s\" holds a number out of range",
					field->key);
	return 0;
}

/* -------- numbers in the struct: a task's [tid, serial], ids -------- */

static void write_numbers(struct ct_json_out *out, const struct ct_json_field *field,
			  const void *object)
{
	const uint32_t *numbers = ct_json_at(field, object);
	uint32_t any = 0;

	for (size_t i = 0; i < field->size / sizeof(*numbers); i++)
		any |= numbers[i];
	if (!any && !ct_json_always(field))
		return;
	open_list(out, field);
	for (size_t i = 0; i < field->size / sizeof(*numbers); i++)
		ct_json_out_int(out, ct_json_clamp(field, numbers[i]));
	ct_json_out_close(out, ']');
}

static int read_numbers(struct ct_json_reader *reader, const struct ct_json_field *field,
			const struct ct_json_node *value, void *object)
{
	uint32_t *numbers = ct_json_place(field, object);
	size_t n = field->size / sizeof(*numbers);
	const struct ct_json_node *item;

	memset(numbers, 0, field->size);
	if (!value)
		return 0;
	if (value->kind != CT_JSON_ARRAY || value->count != n)
		return ct_json_complain(reader, "\"%s\" is not a list of %zu numbers",
					field->key, n);
	item = ct_json_first(value);
	for (size_t i = 0; i < n; i++, item = ct_json_next(item)) {
		int64_t number = 0;
		int r = read_item_int(reader, field, item, &number);

		if (r < 0)
			return r;
		numbers[i] = (uint32_t)number;
	}
	return 0;
}

const struct ct_json_type ct_json_numbers = { write_numbers, read_numbers, true };

/* -------- lists of numbers and strings -------- */

static void write_int_list(struct ct_json_out *out, const struct ct_json_field *field,
			   const void *object)
{
	const int32_t *numbers = *(int32_t *const *)ct_json_at(field, object);
	size_t n = count_of(field, object);

	if (!n && !ct_json_always(field))
		return;
	open_list(out, field);
	for (size_t i = 0; i < n; i++)
		ct_json_out_int(out, ct_json_clamp(field, numbers[i]));
	ct_json_out_close(out, ']');
}

static int read_int_list(struct ct_json_reader *reader, const struct ct_json_field *field,
			 const struct ct_json_node *value, void *object)
{
	const struct ct_json_node *item = value ? ct_json_first(value) : NULL;
	size_t n = value ? value->count : 0;
	int32_t *numbers = NULL;

	if (value && value->kind != CT_JSON_ARRAY)
		return not_a_list(reader, field);
	if (n)
		numbers = ct_arena_array(reader->arena, int32_t, n);
	for (size_t i = 0; i < n; i++, item = ct_json_next(item)) {
		int64_t number = 0;
		int r = read_item_int(reader, field, item, &number);

		if (r < 0)
			return r;
		numbers[i] = (int32_t)number;
	}
	*(int32_t **)ct_json_place(field, object) = numbers;
	set_count(field, object, n);
	return 0;
}

const struct ct_json_type ct_json_int_list = { write_int_list, read_int_list, true };

static void write_text_list(struct ct_json_out *out, const struct ct_json_field *field,
			    const void *object)
{
	const char *const *texts = *(const char **const *)ct_json_at(field, object);
	size_t n = count_of(field, object);

	if (!n && !ct_json_always(field))
		return;
	open_list(out, field);
	for (size_t i = 0; i < n; i++)
		ct_json_out_text(out, texts[i]);
	ct_json_out_close(out, ']');
}

static int read_text_list(struct ct_json_reader *reader,
			  const struct ct_json_field *field,
			  const struct ct_json_node *value, void *object)
{
	const struct ct_json_node *item = value ? ct_json_first(value) : NULL;
	size_t n = value ? value->count : 0, len;
	const char **texts = NULL;

	if (value && value->kind != CT_JSON_ARRAY)
		return not_a_list(reader, field);
	if (n)
		texts = ct_arena_array(reader->arena, const char *, n);
	for (size_t i = 0; i < n; i++, item = ct_json_next(item)) {
		texts[i] = item->kind == CT_JSON_STRING
				   ? ct_json_unescaped(reader, item, &len)
				   : NULL;
		if (!texts[i])
			return ct_json_complain(reader, "\"%s\" holds a bad string",
						field->key);
	}
	*(const char ***)ct_json_place(field, object) = texts;
	set_count(field, object, n);
	return 0;
}

const struct ct_json_type ct_json_text_list = { write_text_list, read_text_list, true };

/* -------- objects -------- */

static void write_object(struct ct_json_out *out, const struct ct_json_field *field,
			 const void *object)
{
	const struct ct_json_out before = *out;
	size_t len = out->text->len;

	ct_json_out_key(out, field->key);
	ct_json_out_open(out, '{');
	ct_json_write(out, field->shape, ct_json_at(field, object));
	if (out->any || ct_json_always(field)) {
		ct_json_out_close(out, '}');
		return;
	}
	ct_strbuf_truncate(out->text, len);
	*out = before;
}

static int read_object(struct ct_json_reader *reader, const struct ct_json_field *field,
		       const struct ct_json_node *value, void *object)
{
	if (value && value->kind != CT_JSON_MAP)
		return ct_json_complain(reader, "\"%s\" is not an object", field->key);
	return ct_json_read(reader, field->shape, value, ct_json_place(field, object));
}

const struct ct_json_type ct_json_object = { write_object, read_object, false };

static void write_maybe_object(struct ct_json_out *out, const struct ct_json_field *field,
			       const void *object)
{
	const void *member = *(void *const *)ct_json_at(field, object);

	if (!member)
		return;
	ct_json_out_key(out, field->key);
	ct_json_out_open(out, '{');
	ct_json_write(out, field->shape, member);
	ct_json_out_close(out, '}');
}

static int read_maybe_object(struct ct_json_reader *reader,
			     const struct ct_json_field *field,
			     const struct ct_json_node *value, void *object)
{
	void *member = NULL;

	if (value && value->kind != CT_JSON_MAP)
		return ct_json_complain(reader, "\"%s\" is not an object", field->key);
	if (value)
		member = ct_arena_alloc(reader->arena, field->shape->size);
	*(void **)ct_json_place(field, object) = member;
	return value ? ct_json_read(reader, field->shape, value, member) : 0;
}

const struct ct_json_type ct_json_maybe_object = { write_maybe_object, read_maybe_object,
						   true };

static void write_list(struct ct_json_out *out, const struct ct_json_field *field,
		       const void *object)
{
	const char *item = *(const char *const *)ct_json_at(field, object);
	size_t n = count_of(field, object);

	if (!n && !ct_json_always(field))
		return;
	open_list(out, field);
	for (size_t i = 0; i < n; i++, item += field->shape->size) {
		ct_json_out_open(out, '{');
		ct_json_write(out, field->shape, item);
		ct_json_out_close(out, '}');
	}
	ct_json_out_close(out, ']');
}

static int read_items(struct ct_json_reader *reader, const struct ct_json_field *field,
		      const struct ct_json_node *list, char *items)
{
	const struct ct_json_node *item = ct_json_first(list);

	for (size_t i = 0; i < list->count; i++, item = ct_json_next(item)) {
		int r;

		if (item->kind != CT_JSON_MAP)
			return ct_json_complain(reader,
						"\"%s\" holds something that is not "
						"an object",
						field->key);
		r = ct_json_read(reader, field->shape, item,
				 items + i * field->shape->size);
		if (r < 0)
			return r;
	}
	return 0;
}

static int read_list(struct ct_json_reader *reader, const struct ct_json_field *field,
		     const struct ct_json_node *value, void *object)
{
	size_t n = value ? value->count : 0;
	char *items = NULL;
	int r;

	if (value && value->kind != CT_JSON_ARRAY)
		return not_a_list(reader, field);
	if (n)
		items = ct_arena_alloc(reader->arena, n * field->shape->size);
	*(void **)ct_json_place(field, object) = items;
	set_count(field, object, n);
	/* whoever walks the lists later does so recursively, too */
	if (!value)
		return 0;
	if (reader->depth == CT_JSON_DEPTH)
		return ct_json_complain(reader, "\"%s\" is nested too deeply",
					field->key);
	reader->depth++;
	r = read_items(reader, field, value, items);
	reader->depth--;
	return r;
}

const struct ct_json_type ct_json_list = { write_list, read_list, true };
