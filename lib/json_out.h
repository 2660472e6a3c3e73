/* SPDX-License-Identifier: MIT */
/*
 * JSON written as it is made, without a tree of values in between. Commas come by
 * themselves: whoever writes says only what is opened, named and closed.
 */
#ifndef CTTRACE_LIB_JSON_OUT_H
#define CTTRACE_LIB_JSON_OUT_H

#include "cttrace/strbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ct_json_out {
	struct ct_strbuf *text;
	bool spaced; /* ", " and ": " instead of "," and ":" */
	bool ascii;  /* characters beyond ASCII as \uHHHH */
	bool any;    /* the next one needs a comma */
};

void ct_json_out_open(struct ct_json_out *out, char bracket);    /* '{' or '[' */
void ct_json_out_close(struct ct_json_out *out, char bracket);   /* '}' or ']' */
void ct_json_out_key(struct ct_json_out *out, const char *key);  /* plain ASCII */
void ct_json_out_name(struct ct_json_out *out, const char *key); /* any UTF-8 */

/* Values: of the key before, or items. */
void ct_json_out_int(struct ct_json_out *out, int64_t value);
void ct_json_out_word(struct ct_json_out *out, const char *word); /* null, true, false */
/* Any bytes, with the trace format's escape (cttrace/escape.h) below that of JSON. */
void ct_json_out_bytes(struct ct_json_out *out, const char *bytes, size_t len);
void ct_json_out_text(struct ct_json_out *out, const char *text); /* not NULL */
/* UTF-8 without NUL, with JSON's own escape only. */
void ct_json_out_utf8(struct ct_json_out *out, const char *text, size_t len);
/* value / 1000, exactly */
void ct_json_out_thousandths(struct ct_json_out *out, int64_t value);

#endif
