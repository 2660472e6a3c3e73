/* SPDX-License-Identifier: MIT */
/*
 * A JSON object written member by member: a trace of a million events is never held as a
 * tree of values. The items of an array are one line each.
 */
#ifndef CTTRACE_RENDER_STREAM_H
#define CTTRACE_RENDER_STREAM_H

#include "cttrace/render.h"

#include <jansson.h>

struct ct_stream {
	struct ct_strbuf *out;
	size_t flags; /* of jansson */
	bool any;     /* what is open has a member already */
	bool failed;
};

/* With `ascii`, characters beyond ASCII are written as \uHHHH. */
struct ct_stream ct_stream_begin(struct ct_strbuf *out, bool ascii);
/* Values are taken over. NULL is a value that could not be made: the end will say so. */
void ct_stream_member(struct ct_stream *stream, const char *name, json_t *value);
/* An array or object that is written piece by piece: '[' or '{'. */
void ct_stream_open(struct ct_stream *stream, const char *name, char bracket);
void ct_stream_close(struct ct_stream *stream, char bracket); /* ']' or '}' */
/* The items of an array. */
void ct_stream_item(struct ct_stream *stream, json_t *value);
void ct_stream_open_item(struct ct_stream *stream, char bracket);
int ct_stream_end(struct ct_stream *stream, struct ct_error *err);

#endif
