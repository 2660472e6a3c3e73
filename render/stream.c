/* SPDX-License-Identifier: MIT */
/* Writing JSON as it is made. */
#include "stream.h"

#include <errno.h>

struct ct_stream ct_stream_begin(struct ct_strbuf *out,
				 const struct ct_render_options *options)
{
	ct_strbuf_addc(out, '{');
	return (struct ct_stream){
		.json = { .text = out, .spaced = true, .ascii = options->ascii },
		.options = options,
	};
}

/* recursive: as deep as the arguments of a call */
static void write_value(struct ct_json_out *out, json_t *value)
{
	const char *key;
	json_t *one;
	size_t i;

	switch (json_typeof(value)) {
	case JSON_OBJECT:
		ct_json_out_open(out, '{');
		json_object_foreach (value, key, one) {
			ct_json_out_name(out, key);
			write_value(out, one);
		}
		ct_json_out_close(out, '}');
		break;
	case JSON_ARRAY:
		ct_json_out_open(out, '[');
		json_array_foreach (value, i, one)
			write_value(out, one);
		ct_json_out_close(out, ']');
		break;
	case JSON_STRING:
		ct_json_out_utf8(out, json_string_value(value),
				 json_string_length(value));
		break;
	case JSON_INTEGER:
		ct_json_out_int(out, json_integer_value(value));
		break;
	case JSON_REAL: /* nothing here is one: see ct_json_out_thousandths() */
	case JSON_NULL:
		ct_json_out_word(out, "null");
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		ct_json_out_word(out, json_is_true(value) ? "true" : "false");
	}
}

bool ct_json_out_value(struct ct_json_out *out, json_t *value)
{
	if (value)
		write_value(out, value);
	json_decref(value);
	return value;
}

static void add_value(struct ct_stream *stream, json_t *value)
{
	if (!ct_json_out_value(&stream->json, value) && !stream->err.code)
		ct_error_set(&stream->err, ENOMEM, "the trace cannot be written as JSON");
}

static void begin_entry(struct ct_stream *stream)
{
	if (!stream->err.code)
		ct_render_drain(stream->json.text, stream->options, &stream->err);
	if (stream->err.code) /* the rest would only fill memory */
		ct_strbuf_reset(stream->json.text);
	ct_strbuf_adds(stream->json.text, stream->any ? ",\n" : "\n");
	stream->any = true;
	stream->json.any = false;
}

static void begin_member(struct ct_stream *stream, const char *name)
{
	begin_entry(stream);
	ct_json_out_key(&stream->json, name);
}

void ct_stream_member(struct ct_stream *stream, const char *name, json_t *value)
{
	begin_member(stream, name);
	add_value(stream, value);
}

void ct_stream_open(struct ct_stream *stream, const char *name, char bracket)
{
	begin_member(stream, name);
	ct_strbuf_addc(stream->json.text, bracket);
	stream->any = false;
}

void ct_stream_open_item(struct ct_stream *stream, char bracket)
{
	begin_entry(stream);
	ct_strbuf_addc(stream->json.text, bracket);
	stream->any = false;
}

void ct_stream_item(struct ct_stream *stream, json_t *value)
{
	begin_entry(stream);
	add_value(stream, value);
}

struct ct_json_out *ct_stream_begin_item(struct ct_stream *stream)
{
	begin_entry(stream);
	return &stream->json;
}

void ct_stream_close(struct ct_stream *stream, char bracket)
{
	if (stream->any)
		ct_strbuf_addc(stream->json.text, '\n');
	ct_strbuf_addc(stream->json.text, bracket);
	stream->any = true;
}

int ct_stream_end(struct ct_stream *stream, struct ct_error *err)
{
	ct_stream_close(stream, '}');
	ct_strbuf_addc(stream->json.text, '\n');
	if (stream->err.code && err)
		*err = stream->err;
	return -stream->err.code;
}
