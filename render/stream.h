/* SPDX-License-Identifier: MIT */
/*
 * A JSON object written member by member: a trace of a million events is never held as a
 * tree of values, nor as one text. The items of an array are one line each.
 */
#ifndef CTTRACE_RENDER_STREAM_H
#define CTTRACE_RENDER_STREAM_H

#include "cttrace/render.h"

#include "json_out.h"

#include <jansson.h>

struct ct_stream {
	struct ct_json_out json;
	const struct ct_render_options *options; /* where the text goes */
	struct ct_error err;                     /* the first one; the end hands it on */
	bool any;                                /* what is open has a member already */
};

struct ct_stream ct_stream_begin(struct ct_strbuf *out,
				 const struct ct_render_options *options);
/* Values are taken over. NULL is a value that could not be made: the end will say so. */
void ct_stream_member(struct ct_stream *stream, const char *name, json_t *value);
/* An array or object that is written piece by piece: '[' or '{'. */
void ct_stream_open(struct ct_stream *stream, const char *name, char bracket);
void ct_stream_close(struct ct_stream *stream, char bracket); /* ']' or '}' */
/* The items of an array. */
void ct_stream_item(struct ct_stream *stream, json_t *value);
void ct_stream_open_item(struct ct_stream *stream, char bracket);
/* For an item without a tree of values: write just one value to what it returns. */
struct ct_json_out *ct_stream_begin_item(struct ct_stream *stream);
int ct_stream_end(struct ct_stream *stream, struct ct_error *err);

/* Writes a value, and gives it back. False: it is NULL. */
bool ct_json_out_value(struct ct_json_out *out, json_t *value);

#endif
