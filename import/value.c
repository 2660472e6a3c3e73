/* SPDX-License-Identifier: MIT */
/* Values by recursive descent, bounded in depth; what is not understood keeps its text.
 */
#include "value.h"

#include "line.h"
#include "literal.h"

#include <string.h>

static bool is_number(const struct ct_arg *arg)
{
	return arg->type == CT_VALUE_INT || arg->type == CT_VALUE_PTR;
}

static void set_number(struct ct_arg *arg, int64_t number)
{
	arg->type = CT_VALUE_INT;
	arg->i = number;
}

static void skip_comments(struct ct_log_values *v)
{
	struct ct_span at = v->rest;

	for (;;) {
		const char *end;

		ct_span_skip_blanks(&at);
		if (!ct_span_take(&at, "/*"))
			return;
		end = memmem(at.at, ct_span_len(at), "*/", 2);
		if (!end)
			return;
		at.at = end + 2;
		v->rest = at;
	}
}

/* -------- lists, structs, functions -------- */

struct ct_arg *ct_log_value_list(struct ct_log_values *v, size_t *n)
{
	struct ct_arg *items = NULL, arg;
	size_t cap = 0;

	for (*n = 0; ct_log_value(v, &arg); (*n)++) {
		if (*n == cap) {
			struct ct_arg *more;

			cap = cap ? cap * 2 : 4;
			more = ct_arena_array(v->arena, struct ct_arg, cap);
			if (*n)
				memcpy(more, items, *n * sizeof(*more));
			items = more;
		}
		items[*n] = arg;
	}
	return items;
}

/* Takes what is between brackets, with the closing one. */
static bool inside(struct ct_log_values *v, struct ct_log_values *in)
{
	const char *end = ct_log_value_end(v->rest, true);

	if (!end || v->depth >= CT_LOG_DEPTH_MAX)
		return false;
	*in = *v;
	in->rest.end = end;
	in->depth++;
	v->rest.at = end + 1;
	return true;
}

/* "..." as the last item stands for what was left out. */
static void drop_dots(struct ct_arg *arg)
{
	const struct ct_arg *last = arg->n_items ? &arg->items[arg->n_items - 1] : NULL;

	if (!last || strcmp(last->text, "...") != 0)
		return;
	arg->n_items--;
	arg->truncated = true;
}

static bool list(struct ct_log_values *v, struct ct_arg *arg)
{
	struct ct_log_values in;

	if (!inside(v, &in))
		return false;
	arg->type = CT_VALUE_LIST;
	arg->items = ct_log_value_list(&in, &arg->n_items);
	drop_dots(arg);
	for (size_t i = 0; i < arg->n_items; i++)
		arg->items[i].name = NULL;
	return true;
}

static bool fields(struct ct_log_values *v, struct ct_arg *arg)
{
	struct ct_log_values in;

	if (!inside(v, &in))
		return false;
	arg->type = CT_VALUE_FIELDS;
	arg->items = ct_log_value_list(&in, &arg->n_items);
	drop_dots(arg);
	for (size_t i = 0; i < arg->n_items; i++)
		if (!arg->items[i].name)
			arg->items[i].name = "value";
	return true;
}

static void makedev(struct ct_arg *arg, const struct ct_arg *args, size_t n)
{
	uint64_t major, minor;

	if (n != 2 || !is_number(&args[0]) || !is_number(&args[1]))
		return;
	/* the encoding of the kernel, and of the C library's makedev(3) */
	major = (uint64_t)args[0].i;
	minor = (uint64_t)args[1].i;
	set_number(arg,
		   (int64_t)((major & 0xfff) << 8 | (major & ~(uint64_t)0xfff) << 32 |
			     (minor & 0xff) | (minor & ~(uint64_t)0xff) << 12));
}

static void same(struct ct_arg *arg, const struct ct_arg *args, size_t n)
{
	if (n != 1)
		return;
	arg->type = args[0].type;
	arg->i = args[0].i;
	arg->str = args[0].str;
	arg->len = args[0].len;
}

/* inet_pton(AF_INET6, "::1", &sin6_addr): the field has its name in it */
static void address(struct ct_arg *arg, const struct ct_arg *args, size_t n)
{
	if (n != 3)
		return;
	same(arg, &args[1], 1);
	if (!arg->name && args[2].text[0] == '&')
		arg->name = args[2].text + 1;
}

static const struct {
	const char *name;
	void (*apply)(struct ct_arg *arg, const struct ct_arg *args, size_t n);
} functions[] = {
	{ "makedev", makedev }, { "htons", same },        { "htonl", same },
	{ "inet_addr", same },  { "inet_pton", address }, { "if_nametoindex", same },
};

static bool function(struct ct_log_values *v, struct ct_arg *arg, struct ct_span name)
{
	struct ct_log_values in;
	struct ct_arg *args;
	size_t n;

	if (!inside(v, &in))
		return false;
	args = ct_log_value_list(&in, &n);
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++)
		if (ct_span_equal(name, functions[i].name))
			functions[i].apply(arg, args, n);
	/* an instruction: BPF_STMT(code, k) */
	if (ct_span_take(&name, "BPF_") && arg->type == CT_VALUE_NONE) {
		arg->type = CT_VALUE_LIST;
		arg->items = args;
		arg->n_items = n;
	}
	return true;
}

/* -------- expressions -------- */

static void symbol(struct ct_log_values *v, struct ct_arg *arg, struct ct_span word)
{
	uint64_t number;

	if (ct_span_equal(word, "NULL"))
		arg->type = CT_VALUE_PTR;
	else if (ct_symbols_find(v->symbols, word, &number))
		set_number(arg, (int64_t)number);
}

static bool operand(struct ct_log_values *v, struct ct_arg *arg)
{
	struct ct_span word, *rest = &v->rest;
	char *path = NULL;
	int64_t number;

	if (ct_span_take(rest, "["))
		return list(v, arg);
	if (ct_span_take(rest, "{"))
		return fields(v, arg);
	if (ct_log_string(rest, arg, v->arena))
		return true;
	if (ct_log_number(rest, &number))
		set_number(arg, number);
	else if (!ct_log_word(rest, &word))
		return false;
	else if (ct_span_take(rest, "("))
		return function(v, arg, word);
	else
		symbol(v, arg, word);
	if (ct_log_annotation(rest, &path, v->arena))
		arg->path = path;
	return true;
}

static void combine(struct ct_arg *left, const struct ct_arg *right, char operator)
{
	uint64_t a = (uint64_t)left->i, b = (uint64_t)right->i;

	if (!is_number(left) || !is_number(right) || (operator== '<' && b> 63)) {
		left->type = CT_VALUE_NONE;
		return;
	}
	if (operator== '|')
		a |= b;
	else
		a = operator== '*' ? a * b : a << b;
	set_number(left, (int64_t)a);
}

static bool term(struct ct_log_values *v, struct ct_arg *arg)
{
	if (!operand(v, arg))
		return false;
	for (;;) {
		struct ct_arg right = { 0 };
		bool shift;

		/* -X verbose: 0x20000 followed by its name, then "|" and the next one */
		skip_comments(v);
		shift = ct_span_take(&v->rest, "<<");

		if (!shift && !ct_span_take(&v->rest, "*"))
			return true;
		if (!operand(v, &right))
			return false;
		combine(arg, &right, shift ? '<' : '*');
	}
}

static bool expression(struct ct_log_values *v, struct ct_arg *arg)
{
	if (!term(v, arg))
		return false;
	while (ct_span_take(&v->rest, "|")) {
		struct ct_arg right = { 0 };

		if (!term(v, &right))
			return false;
		combine(arg, &right, '|');
	}
	return true;
}

/* "flags=" in front of a value. */
static void field_name(struct ct_log_values *v, struct ct_arg *arg)
{
	struct ct_span at = v->rest, word;

	if (!ct_log_word(&at, &word) || !ct_span_take(&at, "=") ||
	    (at.at < at.end && *at.at == '='))
		return;
	arg->name = ct_span_copy(word, v->arena);
	v->rest = at;
}

/* A value, and behind it what the kernel put in its place: {…} => {…} */
static bool value(struct ct_log_values *v, struct ct_arg *arg)
{
	struct ct_span at;

	if (!expression(v, arg))
		return false;
	skip_comments(v);
	at = v->rest;
	ct_span_skip_blanks(&at);
	if (ct_span_take(&at, "=>"))
		at.at = at.end;
	ct_span_skip_blanks(&at);
	return at.at == at.end;
}

static struct ct_span trimmed(struct ct_span span)
{
	ct_span_skip_blanks(&span);
	while (span.end > span.at && span.end[-1] == ' ')
		span.end--;
	return span;
}

bool ct_log_value(struct ct_log_values *v, struct ct_arg *arg)
{
	struct ct_log_values one = *v;
	const char *end;

	*arg = (struct ct_arg){ .ns_type = -1 };
	ct_span_skip_blanks(&v->rest);
	if (v->rest.at == v->rest.end)
		return false;
	end = ct_log_value_end(v->rest, false);
	if (!end)
		end = v->rest.end;
	one.rest = trimmed((struct ct_span){ v->rest.at, end });
	v->rest.at = end < v->rest.end ? end + 1 : end;
	field_name(&one, arg);
	arg->text = ct_span_copy(one.rest, v->arena);
	if (!value(&one, arg))
		*arg = (struct ct_arg){ .name = arg->name,
					.text = arg->text,
					.ns_type = -1 };
	/* a thread that ends in a call leaves it "unfinished" twice */
	if (!*arg->text || !strncmp(arg->text, "<unfinished", 11))
		arg->text = "?";
	return true;
}
