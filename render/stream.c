/* SPDX-License-Identifier: MIT */
/* Writing JSON as it is made. */
#include "stream.h"

#include <errno.h>

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

static void add_value(struct ct_stream *stream, json_t *value)
{
	if (!value || json_dump_callback(value, append, stream->out, stream->flags))
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
