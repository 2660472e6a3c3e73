/* SPDX-License-Identifier: MIT */
/* What a start and its containers have, as lists of names and values that can be
 * compared. */
#ifndef CTTRACE_DIFF_ASPECT_H
#define CTTRACE_DIFF_ASPECT_H

#include "map.h"
#include "pair.h"

struct facet_item {
	const char *name, *value;
	uint64_t key; /* of the value, without what changes from run to run; 0: not known,
		       * so that nothing differs from it */
	uint64_t name_key;
};

/* The facts of a trace in which somebody has made a device node. */
struct node_facts {
	size_t *facts;
	size_t n, cap;
};
struct node_facts node_facts_of(const struct ct_model *model); /* facts: to be freed */

/* An aspect of one trace. */
struct facet {
	const struct ct_diff *diff;
	enum ct_diff_side side;
	const struct ct_model *model;         /* of that side */
	const struct ct_container *container; /* NULL for those of the whole start */
	const struct normal *normal;
	const struct node_facts *nodes; /* of all its containers */
	struct ct_arena *arena;
	const char *summary; /* "" */
	bool unknown;        /* the start did not come that far: not to be compared */
	struct facet_item *items;
	size_t n_items, cap_items;
	struct map names; /* of those that were set: index into items */
};

typedef void facet_fn(struct facet *facet);

/* Both are copied; NULL is "". */
void facet_add(struct facet *facet, const char *name, const char *value);
void facet_addf(struct facet *facet, const char *name, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void facet_summary(struct facet *facet, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* The last one of several with one name counts. */
void facet_set(struct facet *facet, const char *name, const char *value);

#define START(name, style, function) facet_fn facet_##function;
#define CONTAINER                    START
#define LATE                         START
#define VIEW                         START
#include "aspects.def"
#undef START
#undef CONTAINER
#undef LATE
#undef VIEW

/* Fills diff's containers and aspects. */
void aspects_compare(struct ct_diff *diff, const struct pairs *pairs,
		     const struct normal normal[CT_DIFF_SIDES]);

#endif
