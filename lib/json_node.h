/* SPDX-License-Identifier: MIT */
/*
 * A JSON text as a row of nodes: each value is followed by what is in it, so a whole line
 * takes one array, which the next line uses again. Everything is checked before anything
 * is handed out: UTF-8, escapes, numbers, keys that come twice.
 */
#ifndef CTTRACE_LIB_JSON_NODE_H
#define CTTRACE_LIB_JSON_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ct_json_kind {
	CT_JSON_NULL,
	CT_JSON_TRUE,
	CT_JSON_FALSE,
	CT_JSON_INTEGER,
	CT_JSON_REAL, /* a number with a fraction or an exponent: its value is not kept */
	CT_JSON_STRING,
	CT_JSON_ARRAY, /* followed by its items */
	CT_JSON_MAP, /* followed by its members: a key, which is a string, and a value */
};

struct ct_json_node {
	enum ct_json_kind kind;
	uint32_t span;  /* how many nodes the value takes, itself included */
	uint32_t count; /* of items or members; bytes of a string */
	bool backslash; /* a string: there may be one in it */
	union {
		int64_t integer;
		const char *text; /* in the parsed text; no NUL in it, none behind it */
	};
};

enum ct_json_fault {
	CT_JSON_FINE,
	CT_JSON_BAD_SYNTAX,
	CT_JSON_BAD_UTF8,
	CT_JSON_CUT, /* ends too early */
	CT_JSON_NUL,
	CT_JSON_TWICE, /* a key */
	CT_JSON_TOO_LARGE,
	CT_JSON_TOO_DEEP,
};

/* Give it zeroed; it can be used for any number of texts, one after the other. */
struct ct_json_text {
	struct ct_json_node *nodes;
	size_t n, cap;
	char *start, *at, *end;
	int depth;
};

/*
 * Parses `len` bytes into text->nodes, the whole value first. Strings are unescaped where
 * they are. After a fault, text->at is how far it came.
 */
enum ct_json_fault ct_json_parse(struct ct_json_text *text, char *bytes, size_t len);
void ct_json_text_release(struct ct_json_text *text);

/* The value of a member; NULL: there is none, or `map` is NULL or no map. */
const struct ct_json_node *ct_json_get(const struct ct_json_node *map, const char *key);

/* Is the string, or the key, this one? */
bool ct_json_is(const struct ct_json_node *string, const char *text);

/* The first item of an array, and the one that follows. */
static inline const struct ct_json_node *ct_json_first(const struct ct_json_node *array)
{
	return array + 1;
}

static inline const struct ct_json_node *ct_json_next(const struct ct_json_node *item)
{
	return item + item->span;
}

/* -------- for the parser -------- */

/* At a quote: makes `node` the string, unescaped in its place. */
enum ct_json_fault ct_json_parse_string(struct ct_json_text *text,
					struct ct_json_node *node);
/* At a digit or a minus. */
enum ct_json_fault ct_json_parse_number(struct ct_json_text *text,
					struct ct_json_node *node);

#endif
