/* SPDX-License-Identifier: MIT */
/* What is different, aspect by aspect. */
#include "tell.h"

#include "label.h"
#include "map.h"

#include <string.h>

enum {
	FEW = 8,    /* rows of a table */
	NAMES = 24, /* of a set, */
	ALL = 41,   /* unless these are all, as many as there are capabilities */
};

static bool is_told(const struct telling *t, size_t told, size_t few)
{
	return t->verbose || told < few;
}

static void add_more(struct ct_strbuf *sb, size_t more)
{
	if (more)
		ct_strbuf_addf(sb, " … and %zu more (-v)", more);
}

static void tell_set(struct telling *t, const struct ct_diff_aspect *aspect,
		     enum ct_diff_side side)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	size_t n = 0, more = 0, few = aspect->n_items > ALL ? NAMES : ALL;

	for (size_t i = 0; i < aspect->n_items; i++) {
		const struct ct_diff_item *item = &aspect->items[i];

		if (!item->value[side] || item->value[!side])
			continue;
		if (is_told(t, n++, few))
			ct_strbuf_addf(&sb, "%s%s", sb.len ? ", " : "", item->name);
		else
			more++;
	}
	add_more(&sb, more);
	if (n)
		tell_line(t, side == CT_DIFF_A ? LINE_ONLY_A : LINE_ONLY_B, "", sb.data,
			  "");
}

static void tell_changed(struct telling *t, const struct ct_diff_aspect *aspect)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	size_t n = 0, more = 0;

	for (size_t i = 0; i < aspect->n_items; i++) {
		const struct ct_diff_item *item = &aspect->items[i];

		if (!item->value[CT_DIFF_A] || !item->value[CT_DIFF_B])
			continue;
		if (is_told(t, n++, FEW))
			ct_strbuf_addf(&sb, "%s%s: %s → %s", sb.len ? "; " : "",
				       item->name, item->value[CT_DIFF_A],
				       item->value[CT_DIFF_B]);
		else
			more++;
	}
	add_more(&sb, more);
	if (n)
		tell_line(t, LINE_CHANGED, "", sb.data, "");
}

static void add_value(struct ct_strbuf *sb, const char *value)
{
	if (value)
		ct_label_text(sb, value, strlen(value), true);
	else
		ct_strbuf_adds(sb, "-");
}

static void tell_row(struct telling *t, const char *name, const struct ct_diff_item *item,
		     int indent)
{
	CT_CLEANUP_STRBUF struct ct_strbuf a = CT_STRBUF_INIT, b = CT_STRBUF_INIT;

	add_value(&a, item->value[CT_DIFF_A]);
	add_value(&b, item->value[CT_DIFF_B]);
	tell_line(t, LINE_ROW, name, a.data, b.data)->indent = indent;
}

static bool is_alike(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* How far the same change goes on. */
static size_t alike_until(const struct ct_diff_aspect *aspect, size_t from)
{
	const struct ct_diff_item *items = aspect->items;
	size_t to = from + 1;

	while (to < aspect->n_items &&
	       is_alike(items[to].value[CT_DIFF_A], items[from].value[CT_DIFF_A]) &&
	       is_alike(items[to].value[CT_DIFF_B], items[from].value[CT_DIFF_B]))
		to++;
	return to;
}

static void tell_likewise(struct telling *t, const struct ct_diff_aspect *aspect,
			  size_t from, size_t to)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	for (size_t i = from; i < to; i++)
		ct_strbuf_addf(&sb, "%s%s", i > from ? ", " : "likewise ",
			       aspect->items[i].name);
	if (sb.len)
		tell_line(t, LINE_NOTE, "", sb.data, "")->indent = 1;
}

static void tell_table(struct telling *t, const struct ct_diff_aspect *aspect)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	size_t more = 0, told = 0, next;

	for (size_t i = 0; i < aspect->n_items; i = next) {
		next = alike_until(aspect, i);
		if (is_told(t, told++, FEW)) {
			tell_row(t, aspect->items[i].name, &aspect->items[i], 1);
			tell_likewise(t, aspect, i + 1, next);
		} else {
			more += next - i;
		}
	}
	add_more(&sb, more);
	if (more)
		tell_line(t, LINE_NOTE, "", sb.data, "")->indent = 1;
}

static void add_name(struct ct_strbuf *sb, const struct telling *t,
		     const struct ct_diff_aspect *aspect)
{
	ct_strbuf_adds(sb, aspect->name);
	if (aspect->container >= 0 && t->diff->n_containers > 1)
		ct_strbuf_addf(sb, " (%d)", aspect->container + 1);
}

static void tell_aspect(struct telling *t, const struct ct_diff_aspect *aspect)
{
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

	add_name(&name, t, aspect);
	if (aspect->n_items == 1 && !*aspect->items->name) {
		tell_row(t, name.data, aspect->items, 0);
		return;
	}
	if (*aspect->summary[CT_DIFF_A] || *aspect->summary[CT_DIFF_B])
		tell_line(t, LINE_ROW, name.data, aspect->summary[CT_DIFF_A],
			  aspect->summary[CT_DIFF_B]);
	else
		tell_line(t, LINE_LABEL, name.data, "", "");
	if (aspect->style == CT_DIFF_TABLE) {
		tell_table(t, aspect);
		return;
	}
	tell_set(t, aspect, CT_DIFF_A);
	tell_set(t, aspect, CT_DIFF_B);
	tell_changed(t, aspect);
}

static bool is_other(const struct ct_diff_aspect *aspect, bool unknown)
{
	return !aspect->n_items && aspect->known && aspect->unknown == unknown;
}

#define NOT_OF_ALL (MAP_NONE - 1)

/* By name: the first aspect, if it is told of every container in this list; else
 * NOT_OF_ALL. */
static struct map firsts_of_all(const struct ct_diff *diff, bool unknown)
{
	struct map firsts = { 0 };

	for (size_t i = 0; i < diff->n_aspects; i++) {
		uint64_t key = map_hash(diff->aspects[i].name);

		if (!is_other(&diff->aspects[i], unknown))
			map_put(&firsts, key, NOT_OF_ALL);
		else if (map_get(&firsts, key) == MAP_NONE)
			map_put(&firsts, key, (int)i);
	}
	return firsts;
}

/*
 * The names of all aspects that differ in nothing, or that cannot be compared: once, if
 * that holds for each of several containers.
 */
static void tell_others(struct telling *t, const char *words, bool unknown)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	struct map firsts = firsts_of_all(t->diff, unknown);

	for (size_t i = 0; i < t->diff->n_aspects; i++) {
		const struct ct_diff_aspect *aspect = &t->diff->aspects[i];
		int first = map_get(&firsts, map_hash(aspect->name));

		if (!is_other(aspect, unknown) || (first >= 0 && (size_t)first != i))
			continue;
		ct_strbuf_adds(&sb, sb.len ? ", " : words);
		if (first >= 0)
			ct_strbuf_adds(&sb, aspect->name);
		else
			add_name(&sb, t, aspect);
	}
	map_release(&firsts);
	if (sb.len)
		tell_line(t, LINE_NOTE, "", sb.data, "");
}

void tell_aspects(struct telling *t)
{
	bool any = false;

	for (size_t i = 0; i < t->diff->n_aspects; i++) {
		if (!t->diff->aspects[i].n_items)
			continue;
		if (!any)
			tell_line(t, LINE_HEADING, "what is different", "", "");
		any = true;
		tell_aspect(t, &t->diff->aspects[i]);
	}
	tell_line(t, LINE_HEADING, "", "", "");
	tell_others(t, "no difference in: ", false);
	tell_others(t,
		    "not to be compared, one of the two did not come that far: ", true);
}
