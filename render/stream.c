/* SPDX-License-Identifier: MIT */
/* Writing JSON as it is made. */
#include "stream.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

struct ct_stream ct_stream_begin(struct ct_strbuf *out, bool ascii)
{
	ct_strbuf_addc(out, '{');
	return (struct ct_stream){ .out = out,
				   .flags = JSON_ENCODE_ANY | JSON_REAL_PRECISION(15) |
					    (ascii ? JSON_ENSURE_ASCII : 0) };
}

static int append(const char *bytes, size_t len, void *out)
{
	ct_strbuf_add(out, bytes, len);
	return 0;
}

/* As jansson does it; all other characters, which are UTF-8 by now, stay. */
static void add_string(struct ct_strbuf *out, const char *text, size_t len)
{
	static const char letters[] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
		['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'
	};
	size_t from = 0;

	ct_strbuf_addc(out, '"');
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c >= ' ' && c != '"' && c != '\\')
			continue;
		ct_strbuf_add(out, text + from, i - from);
		from = i + 1;
		if (c < sizeof(letters) && letters[c])
			ct_strbuf_addf(out, "\\%c", letters[c]);
		else
			ct_strbuf_addf(out, "\\u%04X", c);
	}
	ct_strbuf_add(out, text + from, len - from);
	ct_strbuf_addc(out, '"');
}

static void add_integer(struct ct_strbuf *out, json_int_t value)
{
	char digits[24];
	size_t at = sizeof(digits);
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (value < 0)
		digits[--at] = '-';
	ct_strbuf_add(out, digits + at, sizeof(digits) - at);
}

/*
 * jansson looks for loops with a table of printed addresses, which takes longer than
 * everything else: what is written here has just been made, and is a tree.
 */
/* NOLINTBEGIN(misc-no-recursion): as deep as the arguments of a call */
static void dump(struct ct_stream *stream, json_t *value)
{
	struct ct_strbuf *out = stream->out;
	const char *key;
	json_t *one;
	size_t i;
	bool any = false;

	switch (json_typeof(value)) {
	case JSON_OBJECT:
		ct_strbuf_addc(out, '{');
		json_object_foreach (value, key, one) {
			ct_strbuf_adds(out, any ? ", " : "");
			add_string(out, key, strlen(key));
			ct_strbuf_adds(out, ": ");
			dump(stream, one);
			any = true;
		}
		ct_strbuf_addc(out, '}');
		break;
	case JSON_ARRAY:
		ct_strbuf_addc(out, '[');
		json_array_foreach (value, i, one) {
			ct_strbuf_adds(out, i ? ", " : "");
			dump(stream, one);
		}
		ct_strbuf_addc(out, ']');
		break;
	case JSON_STRING:
		add_string(out, json_string_value(value), json_string_length(value));
		break;
	case JSON_INTEGER:
		add_integer(out, json_integer_value(value));
		break;
	default:
		if (json_dump_callback(value, append, out, stream->flags))
			stream->failed = true;
	}
}

/* NOLINTEND(misc-no-recursion) */

static void add_value(struct ct_stream *stream, json_t *value)
{
	bool ascii = stream->flags & JSON_ENSURE_ASCII;

	if (value && !ascii)
		dump(stream, value);
	else if (!value || json_dump_callback(value, append, stream->out, stream->flags))
		stream->failed = true;
	json_decref(value);
}

static void begin_entry(struct ct_stream *stream)
{
	ct_strbuf_adds(stream->out, stream->any ? ",\n" : "\n");
	stream->any = true;
}

static void begin_member(struct ct_stream *stream, const char *name)
{
	begin_entry(stream);
	add_value(stream, json_string(name));
	ct_strbuf_adds(stream->out, ": ");
}

void ct_stream_member(struct ct_stream *stream, const char *name, json_t *value)
{
	begin_member(stream, name);
	add_value(stream, value);
}

void ct_stream_open(struct ct_stream *stream, const char *name, char bracket)
{
	begin_member(stream, name);
	ct_strbuf_addc(stream->out, bracket);
	stream->any = false;
}

void ct_stream_open_item(struct ct_stream *stream, char bracket)
{
	begin_entry(stream);
	ct_strbuf_addc(stream->out, bracket);
	stream->any = false;
}

void ct_stream_item(struct ct_stream *stream, json_t *value)
{
	begin_entry(stream);
	add_value(stream, value);
}

void ct_stream_close(struct ct_stream *stream, char bracket)
{
	if (stream->any)
		ct_strbuf_addc(stream->out, '\n');
	ct_strbuf_addc(stream->out, bracket);
	stream->any = true;
}

int ct_stream_end(struct ct_stream *stream, struct ct_error *err)
{
	ct_stream_close(stream, '}');
	ct_strbuf_addc(stream->out, '\n');
	if (stream->failed)
		return ct_error_set(err, ENOMEM, "the trace cannot be written as JSON");
	return 0;
}
