/* SPDX-License-Identifier: MIT */
/* JSON texts: values in values. */
#include "json_node.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

/* Deeper than any trace; the parser goes down with it. */
#define DEPTH_MAX 2048

/* Up to so many keys are compared with each other one by one. */
#define FEW_KEYS 16

static enum ct_json_fault parse_value(struct ct_json_text *text);

static void skip_space(struct ct_json_text *text)
{
	while (text->at < text->end && (*text->at == ' ' || *text->at == '\t' ||
					*text->at == '\n' || *text->at == '\r'))
		text->at++;
}

static size_t new_node(struct ct_json_text *text, enum ct_json_kind kind)
{
	struct ct_json_node *node = ct_push(text->nodes, text->n, text->cap);

	node->kind = kind;
	node->span = 1;
	return text->n - 1;
}

/* What is not there is either wrong, or the end came first. */
static enum ct_json_fault fault_here(const struct ct_json_text *text)
{
	return text->at < text->end ? CT_JSON_BAD_SYNTAX : CT_JSON_CUT;
}

static bool take(struct ct_json_text *text, char c)
{
	skip_space(text);
	if (text->at == text->end || *text->at != c)
		return false;
	text->at++;
	return true;
}

static bool same_key(const struct ct_json_node *a, const struct ct_json_node *b)
{
	/* most differ in the first byte; an empty one is followed by its quote */
	return a->count == b->count && *a->text == *b->text &&
	       !memcmp(a->text, b->text, a->count);
}

/* Is the key, the last node, among those that the map has already? */
static bool is_known(const struct ct_json_text *text, size_t map)
{
	const struct ct_json_node *key = &text->nodes[map + 1];
	const struct ct_json_node *last = &text->nodes[text->n - 1];

	for (; key < last; key = ct_json_next(key + 1))
		if (same_key(key, last))
			return true;
	return false;
}

static int compare_keys(const void *left, const void *right)
{
	const struct ct_json_node *a = *(const struct ct_json_node *const *)left;
	const struct ct_json_node *b = *(const struct ct_json_node *const *)right;

	if (a->count != b->count)
		return a->count < b->count ? -1 : 1;
	return memcmp(a->text, b->text, a->count);
}

/* For the maps of an attacker: a comparison of all with all would take forever. */
static bool has_twins(const struct ct_json_node *map)
{
	CT_CLEANUP_FREE const struct ct_json_node **keys =
		ct_alloc(map->count * sizeof(*keys));
	const struct ct_json_node *key = map + 1;

	for (size_t i = 0; i < map->count; i++, key = ct_json_next(key + 1))
		keys[i] = key;
	qsort(keys, map->count, sizeof(*keys), compare_keys);
	for (size_t i = 1; i < map->count; i++)
		if (same_key(keys[i - 1], keys[i]))
			return true;
	return false;
}

/* recursive: bounded by DEPTH_MAX */
static enum ct_json_fault parse_member(struct ct_json_text *text, size_t map)
{
	enum ct_json_fault fault;
	size_t key;

	skip_space(text);
	if (text->at == text->end || *text->at != '"')
		return fault_here(text);
	key = new_node(text, CT_JSON_STRING);
	fault = ct_json_parse_string(text, &text->nodes[key]);
	if (fault)
		return fault;
	if (text->nodes[map].count++ < FEW_KEYS && is_known(text, map))
		return CT_JSON_TWICE;
	return take(text, ':') ? parse_value(text) : fault_here(text);
}

static enum ct_json_fault parse_item(struct ct_json_text *text, size_t array)
{
	text->nodes[array].count++;
	return parse_value(text);
}

/* What stands between brackets, with commas. */
static enum ct_json_fault
parse_inside(struct ct_json_text *text, size_t outer, char bracket,
	     enum ct_json_fault (*parse_one)(struct ct_json_text *text, size_t outer))
{
	text->at++;
	if (take(text, bracket))
		return CT_JSON_FINE;
	do {
		enum ct_json_fault fault = parse_one(text, outer);

		if (fault)
			return fault;
	} while (take(text, ','));
	return take(text, bracket) ? CT_JSON_FINE : fault_here(text);
}

static enum ct_json_fault parse_nested(struct ct_json_text *text, enum ct_json_kind kind)
{
	size_t outer = new_node(text, kind);
	enum ct_json_fault fault;

	if (text->depth == DEPTH_MAX)
		return CT_JSON_TOO_DEEP;
	text->depth++;
	fault = kind == CT_JSON_MAP ? parse_inside(text, outer, '}', parse_member)
				    : parse_inside(text, outer, ']', parse_item);
	text->depth--;
	text->nodes[outer].span = (uint32_t)(text->n - outer);
	if (!fault && kind == CT_JSON_MAP && text->nodes[outer].count > FEW_KEYS &&
	    has_twins(&text->nodes[outer]))
		return CT_JSON_TWICE;
	return fault;
}

static enum ct_json_fault parse_word(struct ct_json_text *text)
{
	static const struct {
		const char *word;
		enum ct_json_kind kind;
	} words[] = { { "null", CT_JSON_NULL },
		      { "true", CT_JSON_TRUE },
		      { "false", CT_JSON_FALSE } };
	const char *start = text->at;
	size_t len;

	while (text->at < text->end && *text->at >= 'a' && *text->at <= 'z')
		text->at++;
	len = (size_t)(text->at - start);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (len == strlen(words[i].word) && !memcmp(start, words[i].word, len)) {
			new_node(text, words[i].kind);
			return CT_JSON_FINE;
		}
	return CT_JSON_BAD_SYNTAX;
}

static enum ct_json_fault parse_value(struct ct_json_text *text)
{
	size_t node;

	skip_space(text);
	if (text->at == text->end)
		return CT_JSON_CUT;
	switch (*text->at) {
	case '{':
		return parse_nested(text, CT_JSON_MAP);
	case '[':
		return parse_nested(text, CT_JSON_ARRAY);
	case '"':
		node = new_node(text, CT_JSON_STRING);
		return ct_json_parse_string(text, &text->nodes[node]);
	case '-':
	case '0' ... '9':
		node = new_node(text, CT_JSON_INTEGER);
		return ct_json_parse_number(text, &text->nodes[node]);
	default:
		return parse_word(text);
	}
}

enum ct_json_fault ct_json_parse(struct ct_json_text *text, char *bytes, size_t len)
{
	enum ct_json_fault fault;

	text->n = 0;
	text->depth = 0;
	text->start = text->at = bytes;
	text->end = bytes + len;
	fault = parse_value(text);
	skip_space(text);
	if (!fault && text->at < text->end)
		fault = CT_JSON_BAD_SYNTAX;
	return fault;
}

void ct_json_text_release(struct ct_json_text *text)
{
	free(text->nodes);
	*text = (struct ct_json_text){ 0 };
}

bool ct_json_is(const struct ct_json_node *string, const char *text)
{
	/* it holds no NUL, so a shorter `text` ends the comparison */
	return !strncmp(string->text, text, string->count) && !text[string->count];
}

const struct ct_json_node *ct_json_get(const struct ct_json_node *map, const char *key)
{
	const struct ct_json_node *member = map + 1;

	if (!map || map->kind != CT_JSON_MAP)
		return NULL;
	for (size_t i = 0; i < map->count; i++, member = ct_json_next(member + 1))
		if ((!member->count || *member->text == *key) && ct_json_is(member, key))
			return member + 1;
	return NULL;
}
