/* SPDX-License-Identifier: MIT */
/* Decoding one argument: what its function is given, and what they share. */
#ifndef CTTRACE_DECODE_ARG_H
#define CTTRACE_DECODE_ARG_H

#include "cttrace/arena.h"
#include "cttrace/event.h"
#include "cttrace/strbuf.h"
#include "record.h"
#include "span.h"

struct ct_kind;

/* An argument of a call, or a field of a struct that an argument points to. */
struct ct_arg_in {
	const struct ct_record *rec;
	const struct ct_kind *kind;
	unsigned int index;   /* of the argument: which blobs are its */
	uint64_t raw;         /* the register, or the field's bytes */
	struct ct_span field; /* those of a field that is wider than a number */
	struct ct_arena *arena;
	struct ct_strbuf *text;
};

/* The strings of a vector, each ended by a NUL; the last one's may be missing. */
size_t ct_count_strings(struct ct_span rest);

/* Fills type and value of *arg, and appends its text to in->text. */
typedef void ct_arg_fn(struct ct_arg *arg, const struct ct_arg_in *in);

/* Decodes by in->kind, and makes what was appended the argument's text. */
void ct_arg_decode(struct ct_arg *arg, const char *name, const struct ct_arg_in *in);

/* The argument's blob of that kind if it holds bytes that were read, or NULL. */
const struct ct_blob *ct_arg_blob(const struct ct_arg_in *in, enum ct_blob_kind kind);
static inline struct ct_span ct_blob_span(const struct ct_blob *blob)
{
	return ct_span_of(ct_blob_bytes(blob), blob->len);
}

/*
 * The bytes that were copied for the pointer in->raw. False: there are none, and *arg is
 * finished: a null pointer, the address of what the kernel did not fill, or "?".
 */
bool ct_arg_bytes(struct ct_arg *arg, const struct ct_arg_in *in, enum ct_blob_kind kind,
		  struct ct_span *bytes);

/* Finishes *arg: what it is cannot be known. */
void ct_arg_unknown(struct ct_arg *arg, const struct ct_arg_in *in);

/* Little-endian number of width ≤ 8 bytes at the front of a span that is long enough. */
uint64_t ct_span_load(struct ct_span bytes, size_t offset, size_t width);

#endif
