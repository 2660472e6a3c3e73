/* SPDX-License-Identifier: MIT */
/* Any bytes as JSON: read or refused as jansson does, and the same values. */
/* links: ct_core jansson::jansson */
#include "fuzz.h"

#include "json_node.h"
#include "json_out.h"

#include "cttrace/escape.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void require(bool truth)
{
	if (!truth)
		abort();
}

static bool same_string(const struct ct_json_node *got, const char *want, size_t len)
{
	return got->kind == CT_JSON_STRING && got->count == len &&
	       !memcmp(got->text, want, len);
}

/* recursive: as deep as jansson allows */
static void check_same(const struct ct_json_node *got, json_t *want);

static void check_array(const struct ct_json_node *got, json_t *want)
{
	const struct ct_json_node *item = ct_json_first(got);

	require(got->count == json_array_size(want));
	for (size_t i = 0; i < got->count; i++, item = ct_json_next(item))
		check_same(item, json_array_get(want, i));
	require(item == got + got->span);
}

static void check_map(const struct ct_json_node *got, json_t *want)
{
	const struct ct_json_node *key = ct_json_first(got);

	require(got->count == json_object_size(want));
	for (size_t i = 0; i < got->count; i++, key = ct_json_next(key + 1)) {
		char *name = strndup(key->text, key->count);

		require(key->kind == CT_JSON_STRING && json_object_get(want, name));
		require(ct_json_get(got, name) == key + 1);
		check_same(key + 1, json_object_get(want, name));
		free(name);
	}
	require(key == got + got->span);
}

static void check_same(const struct ct_json_node *got, json_t *want)
{
	static const enum ct_json_kind kinds[] = {
		[JSON_OBJECT] = CT_JSON_MAP,    [JSON_ARRAY] = CT_JSON_ARRAY,
		[JSON_STRING] = CT_JSON_STRING, [JSON_INTEGER] = CT_JSON_INTEGER,
		[JSON_REAL] = CT_JSON_REAL,     [JSON_TRUE] = CT_JSON_TRUE,
		[JSON_FALSE] = CT_JSON_FALSE,   [JSON_NULL] = CT_JSON_NULL,
	};

	require(got->kind == kinds[json_typeof(want)]);
	if (got->kind == CT_JSON_MAP)
		check_map(got, want);
	else if (got->kind == CT_JSON_ARRAY)
		check_array(got, want);
	else if (got->kind == CT_JSON_STRING)
		require(same_string(got, json_string_value(want),
				    json_string_length(want)));
	else if (got->kind == CT_JSON_INTEGER)
		require(got->integer == json_integer_value(want));
}

/* As a string of the trace format, any bytes come back. */
static void check_written(const uint8_t *data, size_t size, bool ascii)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT,
					   escaped = CT_STRBUF_INIT;
	struct ct_json_out out = { .text = &text, .ascii = ascii };
	json_t *value;

	ct_json_out_bytes(&out, (const char *)data, size);
	value = json_loadb(text.data, text.len, JSON_DECODE_ANY, NULL);
	ct_escape(&escaped, (const char *)data, size);
	require(json_is_string(value) && json_string_length(value) == escaped.len &&
		!memcmp(json_string_value(value), escaped.data, escaped.len));
	json_decref(value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *bytes = malloc(size ? size : 1);
	struct ct_json_text text = { 0 };
	enum ct_json_fault fault;
	json_error_t error;
	json_t *want = json_loadb((const char *)data, size,
				  JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);

	memcpy(bytes, data, size);
	fault = ct_json_parse(&text, bytes, size);
	/*
	 * A fraction that is too large for a double is no fault here; and jansson takes a
	 * NUL behind the value for the end of the text.
	 */
	if ((want || json_error_code(&error) != json_error_numeric_overflow) &&
	    !memchr(data, '\0', size))
		require(!want == !!fault);
	if (want && !fault)
		check_same(text.nodes, want);
	json_decref(want);
	ct_json_text_release(&text);
	free(bytes);
	check_written(data, size, false);
	check_written(data, size, true);
	return 0;
}
