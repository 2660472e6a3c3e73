/* SPDX-License-Identifier: MIT */
/* The kinds of values that hold others: lists and objects. */
#include "json_field.h"

#include "alloc.h"

#include <string.h>

static size_t count_of(const struct ct_json_field *field, const void *object)
{
	return *(const size_t *)((const char *)object + field->count);
}

static void set_count(const struct ct_json_field *field, void *object, size_t n)
{
	*(size_t *)((char *)object + field->count) = n;
}

static json_t *new_list(void)
{
	return ct_json_must(json_array());
}

static void append(json_t *list, json_t *value)
{
	if (json_array_append_new(list, value))
		ct_out_of_memory();
}

static void append_int(const struct ct_json_field *field, json_t *list, int64_t number)
{
	append(list, ct_json_must(json_integer(ct_json_clamp(field, number))));
}

static int not_a_list(struct ct_json_reader *reader, const struct ct_json_field *field)
{
	return ct_json_complain(reader, "\"%s\" is not a list", field->key);
}

static int read_item_int(struct ct_json_reader *reader, const struct ct_json_field *field,
			 json_t *item, int64_t *number)
{
	*number = json_integer_value(item);
	if (!json_is_integer(item))
		return ct_json_complain(reader,
					"\"%s\" holds something that is not an integer",
					field->key);
	if (*number < field->min || *number > field->max)
		return ct_json_complain(reader, "\"%s\" holds a number out of range",
					field->key);
	return 0;
}

/* -------- numbers in the struct: a task's [tid, serial], ids -------- */

static json_t *write_numbers(const struct ct_json_field *field, const void *object)
{
	const uint32_t *numbers = ct_json_at(field, object);
	uint32_t any = 0;
	json_t *list;

	for (size_t i = 0; i < field->size / sizeof(*numbers); i++)
		any |= numbers[i];
	if (!any && !ct_json_always(field))
		return NULL;
	list = new_list();
	for (size_t i = 0; i < field->size / sizeof(*numbers); i++)
		append_int(field, list, numbers[i]);
	return list;
}

static int read_numbers(struct ct_json_reader *reader, const struct ct_json_field *field,
			json_t *value, void *object)
{
	uint32_t *numbers = ct_json_place(field, object);
	size_t n = field->size / sizeof(*numbers);

	memset(numbers, 0, field->size);
	if (!value)
		return 0;
	if (!json_is_array(value) || json_array_size(value) != n)
		return ct_json_complain(reader, "\"%s\" is not a list of %zu numbers",
					field->key, n);
	for (size_t i = 0; i < n; i++) {
		int64_t number;
		int r = read_item_int(reader, field, json_array_get(value, i), &number);

		if (r < 0)
			return r;
		numbers[i] = (uint32_t)number;
	}
	return 0;
}

const struct ct_json_type ct_json_numbers = { write_numbers, read_numbers };

/* -------- lists of numbers and strings -------- */

static json_t *write_int_list(const struct ct_json_field *field, const void *object)
{
	const int32_t *numbers = *(int32_t *const *)ct_json_at(field, object);
	size_t n = count_of(field, object);
	json_t *list;

	if (!n && !ct_json_always(field))
		return NULL;
	list = new_list();
	for (size_t i = 0; i < n; i++)
		append_int(field, list, numbers[i]);
	return list;
}

static int read_int_list(struct ct_json_reader *reader, const struct ct_json_field *field,
			 json_t *value, void *object)
{
	size_t n = json_array_size(value);
	int32_t *numbers = NULL;

	if (value && !json_is_array(value))
		return not_a_list(reader, field);
	if (n)
		numbers = ct_arena_array(reader->arena, int32_t, n);
	for (size_t i = 0; i < n; i++) {
		int64_t number;
		int r = read_item_int(reader, field, json_array_get(value, i), &number);

		if (r < 0)
			return r;
		numbers[i] = (int32_t)number;
	}
	*(int32_t **)ct_json_place(field, object) = numbers;
	set_count(field, object, n);
	return 0;
}

const struct ct_json_type ct_json_int_list = { write_int_list, read_int_list };

static json_t *write_text_list(const struct ct_json_field *field, const void *object)
{
	const char *const *texts = *(const char **const *)ct_json_at(field, object);
	size_t n = count_of(field, object);
	json_t *list;

	if (!n && !ct_json_always(field))
		return NULL;
	list = new_list();
	for (size_t i = 0; i < n; i++)
		append(list, ct_json_escaped(texts[i], strlen(texts[i])));
	return list;
}

static int read_text_list(struct ct_json_reader *reader,
			  const struct ct_json_field *field, json_t *value, void *object)
{
	size_t n = json_array_size(value), len;
	const char **texts = NULL;

	if (value && !json_is_array(value))
		return not_a_list(reader, field);
	if (n)
		texts = ct_arena_array(reader->arena, const char *, n);
	for (size_t i = 0; i < n; i++) {
		json_t *item = json_array_get(value, i);

		texts[i] = json_is_string(item)
				   ? ct_json_unescaped(reader->arena, item, &len)
				   : NULL;
		if (!texts[i])
			return ct_json_complain(reader, "\"%s\" holds a bad string",
						field->key);
	}
	*(const char ***)ct_json_place(field, object) = texts;
	set_count(field, object, n);
	return 0;
}

const struct ct_json_type ct_json_text_list = { write_text_list, read_text_list };

/* -------- objects -------- */

static json_t *write_object(const struct ct_json_field *field, const void *object)
{
	json_t *out = ct_json_must(json_object());

	ct_json_write(out, field->shape, ct_json_at(field, object));
	if (json_object_size(out) || ct_json_always(field))
		return out;
	json_decref(out);
	return NULL;
}

static int read_object(struct ct_json_reader *reader, const struct ct_json_field *field,
		       json_t *value, void *object)
{
	if (value && !json_is_object(value))
		return ct_json_complain(reader, "\"%s\" is not an object", field->key);
	return ct_json_read(reader, field->shape, value, ct_json_place(field, object));
}

const struct ct_json_type ct_json_object = { write_object, read_object };

static json_t *write_maybe_object(const struct ct_json_field *field, const void *object)
{
	const void *member = *(void *const *)ct_json_at(field, object);
	json_t *out;

	if (!member)
		return NULL;
	out = ct_json_must(json_object());
	ct_json_write(out, field->shape, member);
	return out;
}

static int read_maybe_object(struct ct_json_reader *reader,
			     const struct ct_json_field *field, json_t *value,
			     void *object)
{
	void *member = NULL;

	if (value && !json_is_object(value))
		return ct_json_complain(reader, "\"%s\" is not an object", field->key);
	if (value)
		member = ct_arena_alloc(reader->arena, field->shape->size);
	*(void **)ct_json_place(field, object) = member;
	return value ? ct_json_read(reader, field->shape, value, member) : 0;
}

const struct ct_json_type ct_json_maybe_object = { write_maybe_object,
						   read_maybe_object };

static json_t *write_list(const struct ct_json_field *field, const void *object)
{
	const char *item = *(const char *const *)ct_json_at(field, object);
	size_t n = count_of(field, object);
	json_t *list;

	if (!n && !ct_json_always(field))
		return NULL;
	list = new_list();
	for (size_t i = 0; i < n; i++, item += field->shape->size) {
		json_t *out = ct_json_must(json_object());

		ct_json_write(out, field->shape, item);
		append(list, out);
	}
	return list;
}

static int read_items(struct ct_json_reader *reader, const struct ct_json_field *field,
		      json_t *list, char *items)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *item = json_array_get(list, i);
		int r;

		if (!json_is_object(item))
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
		     json_t *value, void *object)
{
	size_t n = json_array_size(value);
	char *items = NULL;
	int r;

	if (value && !json_is_array(value))
		return not_a_list(reader, field);
	if (n)
		items = ct_arena_alloc(reader->arena, n * field->shape->size);
	*(void **)ct_json_place(field, object) = items;
	set_count(field, object, n);
	/* whoever walks the lists later does so recursively, too */
	if (value && reader->depth == CT_JSON_DEPTH)
		return ct_json_complain(reader, "\"%s\" is nested too deeply",
					field->key);
	reader->depth++;
	r = read_items(reader, field, value, items);
	reader->depth--;
	return r;
}

const struct ct_json_type ct_json_list = { write_list, read_list };
