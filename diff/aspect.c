/* SPDX-License-Identifier: MIT */
/* Aspects of two traces, side by side: what of their items differs. */
#include "aspect.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

static uint64_t key_of(const struct facet *f, const char *text)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	normal_add(&sb, f->normal, strchr(text, '/') ? NORMAL_PATH : NORMAL_TEXT, text,
		   strlen(text));
	return normal_hash(sb.data, sb.len);
}

static void fill(struct facet *f, struct facet_item *item, const char *name,
		 const char *value)
{
	item->name = ct_arena_strdup(f->arena, name ? name : "");
	item->value = ct_arena_strdup(f->arena, value ? value : "");
	item->name_key = key_of(f, item->name);
	item->key = key_of(f, item->value);
}

void facet_add(struct facet *f, const char *name, const char *value)
{
	fill(f, ct_push(f->items, f->n_items, f->cap_items), name, value);
}

void facet_addf(struct facet *f, const char *name, const char *fmt, ...)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	ct_strbuf_vaddf(&sb, fmt, ap);
	va_end(ap);
	facet_add(f, name, sb.data);
}

void facet_set(struct facet *f, const char *name, const char *value)
{
	uint64_t key = map_hash(name);
	int index = map_get(&f->names, key);

	if (index != MAP_NONE && !strcmp(f->items[index].name, name)) {
		fill(f, &f->items[index], name, value);
		return;
	}
	map_put(&f->names, key, (int)f->n_items);
	facet_add(f, name, value);
}

void facet_summary(struct facet *f, const char *fmt, ...)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	ct_strbuf_vaddf(&sb, fmt, ap);
	va_end(ap);
	f->summary = ct_arena_strdup(f->arena, sb.data);
}

/* -------- comparing -------- */

/* What is of one name together; in an order that both traces share. */
static int by_keys(const void *x, const void *y)
{
	const struct facet_item *a = x, *b = y;

	if (a->name_key != b->name_key)
		return a->name_key < b->name_key ? -1 : 1;
	return a->key < b->key ? -1 : a->key > b->key;
}

static int by_name(const void *x, const void *y)
{
	const struct ct_diff_item *a = x, *b = y;
	int order = strcmp(a->name, b->name);
	const char *mine = a->value[CT_DIFF_A] ? a->value[CT_DIFF_A] : "";
	const char *others = b->value[CT_DIFF_A] ? b->value[CT_DIFF_A] : "";

	return order ? order : strcmp(mine, others);
}

/* An aspect that grows. */
struct growing {
	struct ct_diff_aspect *aspect;
	size_t cap;
};

static void add_item(struct growing *to, const struct facet_item *a,
		     const struct facet_item *b)
{
	struct ct_diff_item *item =
		ct_push(to->aspect->items, to->aspect->n_items, to->cap);

	item->name = a ? a->name : b->name;
	item->value[CT_DIFF_A] = a ? a->value : NULL;
	item->value[CT_DIFF_B] = b ? b->value : NULL;
}

/* Of one name: what is equal goes first, what is left is compared in order. */
static void compare_group(struct growing *to, struct facet group[CT_DIFF_SIDES])
{
	struct facet_item *a = group[CT_DIFF_A].items, *b = group[CT_DIFF_B].items;
	size_t i = 0, j = 0, left_a = 0, left_b = 0;

	while (i < group[CT_DIFF_A].n_items || j < group[CT_DIFF_B].n_items) {
		bool has_a = i < group[CT_DIFF_A].n_items,
		     has_b = j < group[CT_DIFF_B].n_items;

		if (has_a && has_b && a[i].key == b[j].key) {
			i++;
			j++;
		} else if (has_a && (!has_b || a[i].key < b[j].key)) {
			a[left_a++] = a[i++];
		} else {
			b[left_b++] = b[j++];
		}
	}
	for (i = 0; i < left_a || i < left_b; i++)
		if (i >= left_a || i >= left_b || (a[i].key && b[i].key))
			add_item(to, i < left_a ? &a[i] : NULL,
				 i < left_b ? &b[i] : NULL);
}

static size_t group_end(const struct facet *f, size_t from)
{
	size_t to = from;

	while (to < f->n_items && f->items[to].name_key == f->items[from].name_key)
		to++;
	return to;
}

static void sort(struct facet *f)
{
	if (f->n_items)
		qsort(f->items, f->n_items, sizeof(*f->items), by_keys);
}

static void keep(struct ct_diff_aspect *aspect, struct ct_arena *arena)
{
	struct ct_diff_item *made = aspect->items;

	if (!made)
		return;
	qsort(made, aspect->n_items, sizeof(*made), by_name);
	aspect->items = ct_arena_memdup(arena, made, aspect->n_items * sizeof(*made));
	free(made);
}

static void compare_items(struct ct_diff_aspect *aspect, struct facet f[CT_DIFF_SIDES],
			  struct ct_arena *arena)
{
	struct facet *a = &f[CT_DIFF_A], *b = &f[CT_DIFF_B];
	struct growing to = { .aspect = aspect };
	size_t i = 0, j = 0;

	sort(a);
	sort(b);
	while (i < a->n_items || j < b->n_items) {
		size_t to_i = group_end(a, i), to_j = group_end(b, j);

		if (j < b->n_items && i < a->n_items) {
			if (a->items[i].name_key < b->items[j].name_key)
				to_j = j;
			else if (a->items[i].name_key > b->items[j].name_key)
				to_i = i;
		}
		compare_group(&to,
			      (struct facet[]){
				      { .items = a->items + i, .n_items = to_i - i },
				      { .items = b->items + j, .n_items = to_j - j } });
		i = to_i;
		j = to_j;
	}
	keep(aspect, arena);
}

static const struct row {
	const char *name;
	enum ct_diff_style style;
	facet_fn *collect;
	bool of_container, late, view;
} rows[] = {
#define START(name, style, function) \
	{ name, CT_DIFF_##style, facet_##function, false, false, false },
#define CONTAINER(name, style, function) \
	{ name, CT_DIFF_##style, facet_##function, true, false, false },
#define LATE(name, style, function) \
	{ name, CT_DIFF_##style, facet_##function, true, true, false },
#define VIEW(name, style, function) \
	{ name, CT_DIFF_##style, facet_##function, false, false, true },
#include "aspects.def"
#undef START
#undef CONTAINER
#undef LATE
#undef VIEW
};

struct comparing {
	struct ct_diff *diff;
	const struct normal *normal;
	struct node_facts nodes[CT_DIFF_SIDES];
	size_t cap;
};

static bool never_ran(const struct facet *f)
{
	return f->container->payload_ns < 0;
}

/* What a container lacks because its start ended early is no difference of its own. */
static void settle(struct ct_diff_aspect *aspect, const struct row *row,
		   const struct facet f[CT_DIFF_SIDES])
{
	enum ct_diff_side early = never_ran(&f[CT_DIFF_A]) ? CT_DIFF_A : CT_DIFF_B;
	size_t kept = 0, n = aspect->n_items;

	if (never_ran(&f[CT_DIFF_A]) == never_ran(&f[CT_DIFF_B]))
		return;
	for (size_t i = 0; i < n; i++)
		if (!row->late && aspect->items[i].value[early])
			aspect->items[kept++] = aspect->items[i];
	aspect->n_items = kept;
	aspect->unknown |= n && !kept;
}

static void compare(struct comparing *c, const struct row *row, int container)
{
	struct ct_diff_aspect *aspect =
		ct_push(c->diff->aspects, c->diff->n_aspects, c->cap);
	struct facet f[CT_DIFF_SIDES];

	*aspect = (struct ct_diff_aspect){ .name = row->name,
					   .style = row->style,
					   .view = row->view,
					   .container = container };
	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++) {
		const struct ct_model *model = c->diff->model[side];

		f[side] = (struct facet){ .diff = c->diff,
					  .side = side,
					  .model = model,
					  .normal = &c->normal[side],
					  .nodes = &c->nodes[side],
					  .arena = &c->diff->arena,
					  .summary = "" };
		if (container >= 0)
			f[side].container =
				&model->containers[c->diff->containers[container]
							   .container[side]];
		row->collect(&f[side]);
		aspect->summary[side] = f[side].summary;
		aspect->known |= f[side].n_items > 0;
		/* one value needs no summary beside it */
		if (!*f[side].summary && f[side].n_items == 1 && !*f[side].items->name)
			aspect->summary[side] = f[side].items->value;
	}
	aspect->unknown = f[CT_DIFF_A].unknown || f[CT_DIFF_B].unknown;
	if (!aspect->unknown)
		compare_items(aspect, f, &c->diff->arena);
	if (container >= 0)
		settle(aspect, row, f);
	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++) {
		free(f[side].items);
		map_release(&f[side].names);
	}
}

static void list_containers(struct ct_diff *diff, const struct pairs *pairs)
{
	size_t cap = 0;

	for (size_t i = 0; i < diff->model[CT_DIFF_A]->n_containers; i++)
		*ct_push(diff->containers, diff->n_containers, cap) =
			(struct ct_diff_container){ { (int)i,
						      pairs->container[CT_DIFF_A][i] } };
	for (size_t i = 0; i < diff->model[CT_DIFF_B]->n_containers; i++)
		if (pairs->container[CT_DIFF_B][i] < 0)
			*ct_push(diff->containers, diff->n_containers, cap) =
				(struct ct_diff_container){ { -1, (int)i } };
}

void aspects_compare(struct ct_diff *diff, const struct pairs *pairs,
		     const struct normal normal[CT_DIFF_SIDES])
{
	struct comparing c = { .diff = diff, .normal = normal };

	list_containers(diff, pairs);
	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++)
		c.nodes[side] = node_facts_of(diff->model[side]);
	for (size_t row = 0; row < sizeof(rows) / sizeof(*rows); row++) {
		if (!rows[row].of_container) {
			compare(&c, &rows[row], -1);
			continue;
		}
		for (size_t i = 0; i < diff->n_containers; i++)
			if (diff->containers[i].container[CT_DIFF_A] >= 0 &&
			    diff->containers[i].container[CT_DIFF_B] >= 0)
				compare(&c, &rows[row], (int)i);
	}
	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++)
		free(c.nodes[side].facts);
}
