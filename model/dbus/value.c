/* SPDX-License-Identifier: MIT */
/* Unmarshalling, as the D-Bus specification has it: alignment, lengths, signatures. */
#include "value.h"

#include <string.h>

#define DEPTH_MAX 64 /* the specification's own bound */
#define ITEMS_MAX 4096

static const struct basic {
	char type;
	unsigned char size;
	bool is_signed;
} basics[] = {
	{ 'y', 1, false }, { 'b', 4, false }, { 'n', 2, true }, { 'q', 2, false },
	{ 'i', 4, true },  { 'u', 4, false }, { 'x', 8, true }, { 't', 8, false },
	{ 'd', 8, false }, { 'h', 4, false },
};

static const struct basic *find_basic(char type)
{
	for (size_t i = 0; i < sizeof(basics) / sizeof(*basics); i++)
		if (basics[i].type == type)
			return &basics[i];
	return NULL;
}

static size_t alignment_of(char type)
{
	const struct basic *basic = find_basic(type);

	if (basic)
		return basic->size;
	if (type == '(' || type == '{')
		return 8;
	return type == 'g' || type == 'v' ? 1 : 4;
}

/* The length of the first complete type; 0: there is none. */
static size_t type_len(const char *signature, int depth)
{
	size_t len = 1;

	if (depth > DEPTH_MAX)
		return 0;
	if (*signature == 'a') {
		size_t item = type_len(signature + 1, depth + 1);

		return item ? item + 1 : 0;
	}
	if (*signature != '(' && *signature != '{')
		return find_basic(*signature) ||
		       (*signature && strchr("sogv", *signature));
	while (signature[len] != ')' && signature[len] != '}') {
		size_t member = type_len(signature + len, depth + 1);

		if (!member)
			return 0;
		len += member;
	}
	/* an empty struct takes no bytes: an array of them would have no end */
	return len > 1 ? len + 1 : 0;
}

static void align(struct ct_dbus_reader *r, size_t to)
{
	size_t at = (r->at + to - 1) / to * to;

	if (at > r->len)
		r->bad = true;
	else
		r->at = at;
}

static bool has(struct ct_dbus_reader *r, size_t size)
{
	if (r->bad || r->len - r->at < size)
		r->bad = true;
	return !r->bad;
}

static uint64_t number(struct ct_dbus_reader *r, size_t size)
{
	uint64_t value = 0;

	align(r, size);
	if (!has(r, size))
		return 0;
	for (size_t i = 0; i < size; i++) {
		size_t place = r->big ? size - 1 - i : i;

		value |= (uint64_t)r->bytes[r->at + i] << 8 * place;
	}
	r->at += size;
	return value;
}

uint32_t ct_dbus_u32(struct ct_dbus_reader *r)
{
	return (uint32_t)number(r, 4);
}

/* A NUL inside would be a lie about the length. */
static const char *text(struct ct_dbus_reader *r, size_t len)
{
	const char *start = (const char *)r->bytes + r->at;

	if (!has(r, len) || !has(r, len + 1) || start[len] || strlen(start) != len) {
		r->bad = true;
		return "";
	}
	r->at += len + 1;
	return ct_arena_strndup(r->arena, start, len);
}

static void add_item(struct ct_dbus_reader *r, struct ct_dbus_value *to,
		     const struct ct_dbus_value *item)
{
	size_t n = to->n_items;

	/* full at 0, 4, 8, 16, … */
	if (!n || (n >= 4 && !(n & (n - 1)))) {
		struct ct_dbus_value *more =
			ct_arena_array(r->arena, struct ct_dbus_value, n ? n * 2 : 4);

		if (n)
			memcpy(more, to->items, n * sizeof(*more));
		to->items = more;
	}
	to->items[to->n_items++] = *item;
}

static void read_array(struct ct_dbus_reader *r, struct ct_dbus_value *value,
		       const char *type)
{
	size_t len = ct_dbus_u32(r), end;

	align(r, alignment_of(*type));
	if (r->bad)
		return;
	end = len < r->len - r->at ? r->at + len : r->len;
	while (!r->bad && r->at < end && value->n_items < ITEMS_MAX) {
		const char *item_type = type;
		struct ct_dbus_value item = ct_dbus_read(r, &item_type);

		if (!r->bad)
			add_item(r, value, &item);
	}
	/* more than anybody reads, or cut off: what comes behind it is not known */
	if (r->at != end || len > end)
		r->bad = true;
}

static void read_members(struct ct_dbus_reader *r, struct ct_dbus_value *value,
			 const char *types, const char *end)
{
	while (!r->bad && types < end) {
		struct ct_dbus_value member = ct_dbus_read(r, &types);

		/* what was read before the end is still worth something */
		if (!r->bad || member.n_items || *member.text)
			add_item(r, value, &member);
	}
}

static struct ct_dbus_value read_variant(struct ct_dbus_reader *r)
{
	const char *type = text(r, (size_t)number(r, 1));
	size_t len = type_len(type, 0);

	if (!len || type[len])
		r->bad = true;
	return ct_dbus_read(r, &type);
}

static struct ct_dbus_value read_inside(struct ct_dbus_reader *r, const char *type,
					size_t len)
{
	struct ct_dbus_value value = { .type = *type, .text = "" };
	const struct basic *basic = find_basic(*type);

	if (basic) {
		value.number = number(r, basic->size);
		if (basic->is_signed && basic->size < 8 &&
		    value.number >> (basic->size * 8 - 1))
			value.number |= UINT64_MAX << basic->size * 8;
	} else if (*type == 's' || *type == 'o') {
		value.text = text(r, ct_dbus_u32(r));
	} else if (*type == 'g') {
		value.text = text(r, (size_t)number(r, 1));
	} else if (*type == 'v') {
		return read_variant(r);
	} else if (*type == 'a') {
		read_array(r, &value, type + 1);
	} else {
		align(r, 8);
		read_members(r, &value, type + 1, type + len - 1);
	}
	return value;
}

struct ct_dbus_value ct_dbus_read(struct ct_dbus_reader *r, const char **signature)
{
	struct ct_dbus_value value = { .text = "" };
	const char *type = *signature;
	size_t len = r->bad ? 0 : type_len(type, 0);

	if (!len || r->depth == DEPTH_MAX) {
		r->bad = true;
		return value;
	}
	*signature += len;
	r->depth++;
	value = read_inside(r, type, len);
	r->depth--;
	return value;
}

struct ct_dbus_value ct_dbus_read_all(struct ct_dbus_reader *r, const char *signature)
{
	struct ct_dbus_value all = { .type = '(', .text = "" };

	read_members(r, &all, signature, signature + strlen(signature));
	return all;
}

static void say_items(struct ct_strbuf *sb, const struct ct_dbus_value *value)
{
	for (size_t i = 0; i < value->n_items; i++) {
		if (i)
			ct_strbuf_adds(sb, ", ");
		ct_dbus_say(sb, &value->items[i]);
	}
}

void ct_dbus_say(struct ct_strbuf *sb, const struct ct_dbus_value *value)
{
	switch (value->type) {
	case 's':
	case 'o':
	case 'g':
		ct_strbuf_adds(sb, value->text);
		return;
	case 'a':
		ct_strbuf_addc(sb, '[');
		say_items(sb, value);
		ct_strbuf_addc(sb, ']');
		return;
	case '(':
	case '{':
		ct_strbuf_addc(sb, '(');
		say_items(sb, value);
		ct_strbuf_addc(sb, ')');
		return;
	case 'b':
		ct_strbuf_adds(sb, value->number ? "yes" : "no");
		return;
	case 'n':
	case 'i':
	case 'x':
		ct_strbuf_addf(sb, "%lld", (long long)value->number);
		return;
	default:
		ct_strbuf_addf(sb, "%llu", (unsigned long long)value->number);
	}
}
