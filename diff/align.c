/* SPDX-License-Identifier: MIT */
/*
 * Alignment by anchors that are unique on both sides (Bram Cohen's patience diff), the
 * longest common subsequence in what lies between them if it is short.
 */
#include "align.h"

#include "alloc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
	EXACT = 1 << 16, /* cells of a table that are cheap */
	DEPTH = 24, /* anchors within anchors: after these, first come, first served */
};

struct stretch {
	struct align_item *a, *b; /* the whole sequences */
	size_t from_a, to_a, from_b, to_b;
	int depth;
};

static void bind(struct align_item *a, size_t i, struct align_item *b, size_t j)
{
	a[i].other = (long)j;
	b[j].other = (long)i;
}

static void trim(struct stretch *s)
{
	while (s->from_a < s->to_a && s->from_b < s->to_b &&
	       s->a[s->from_a].key == s->b[s->from_b].key)
		bind(s->a, s->from_a++, s->b, s->from_b++);
	while (s->from_a < s->to_a && s->from_b < s->to_b &&
	       s->a[s->to_a - 1].key == s->b[s->to_b - 1].key)
		bind(s->a, --s->to_a, s->b, --s->to_b);
}

/* The table of lengths of common subsequences, from the ends. */
static void exactly(const struct stretch *s)
{
	size_t n = s->to_a - s->from_a, m = s->to_b - s->from_b, i = 0, j = 0;
	uint32_t *table = ct_realloc(NULL, (n + 1) * (m + 1), sizeof(*table));
#define CELL(x, y) table[(x) * (m + 1) + (y)]

	for (i = n + 1; i-- > 0;)
		for (j = m + 1; j-- > 0;) {
			if (i == n || j == m)
				CELL(i, j) = 0;
			else if (s->a[s->from_a + i].key == s->b[s->from_b + j].key)
				CELL(i, j) = CELL(i + 1, j + 1) + 1;
			else
				CELL(i, j) = CELL(i + 1, j) > CELL(i, j + 1)
						     ? CELL(i + 1, j)
						     : CELL(i, j + 1);
		}
	for (i = 0, j = 0; i < n && j < m;) {
		if (s->a[s->from_a + i].key == s->b[s->from_b + j].key)
			bind(s->a, s->from_a + i++, s->b, s->from_b + j++);
		else if (CELL(i + 1, j) >= CELL(i, j + 1))
			i++;
		else
			j++;
	}
#undef CELL
	free(table);
}

/* An item with its place, to be sorted. */
struct place {
	uint64_t key;
	size_t at;
	bool in_b;
};

static int by_key(const void *x, const void *y)
{
	const struct place *a = x, *b = y;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->in_b != b->in_b)
		return a->in_b - b->in_b;
	return (a->at > b->at) - (a->at < b->at);
}

/* All items of the stretch that have no other yet, sorted. */
static struct place *places_of(const struct stretch *s, size_t *count)
{
	size_t n = 0;
	struct place *places = ct_realloc(
		NULL, s->to_a - s->from_a + s->to_b - s->from_b + 1, sizeof(*places));

	for (size_t i = s->from_a; i < s->to_a; i++)
		if (s->a[i].other < 0)
			places[n++] = (struct place){ s->a[i].key, i, false };
	for (size_t i = s->from_b; i < s->to_b; i++)
		if (s->b[i].other < 0)
			places[n++] = (struct place){ s->b[i].key, i, true };
	qsort(places, n, sizeof(*places), by_key);
	*count = n;
	return places;
}

/* What is there exactly once on either side. */
struct anchor {
	size_t a, b;
	size_t before; /* 1 + the anchor that precedes it in the longest chain */
};

static int by_a(const void *x, const void *y)
{
	const struct anchor *a = x, *b = y;

	return (a->a > b->a) - (a->a < b->a);
}

static struct anchor *anchors_of(const struct stretch *s, size_t *count)
{
	size_t n_places, n = 0;
	CT_CLEANUP_FREE struct place *places = places_of(s, &n_places);
	struct anchor *anchors = ct_realloc(NULL, n_places / 2 + 1, sizeof(*anchors));

	for (size_t i = 0, next; i < n_places; i = next) {
		for (next = i + 1; next < n_places && places[next].key == places[i].key;)
			next++;
		if (next == i + 2 && !places[i].in_b && places[i + 1].in_b)
			anchors[n++] =
				(struct anchor){ places[i].at, places[i + 1].at, 0 };
	}
	qsort(anchors, n, sizeof(*anchors), by_a);
	*count = n;
	return anchors;
}

/* The longest chain that ascends on both sides; returns 1 + its last one, 0: none. */
static size_t longest_chain(struct anchor *anchors, size_t n)
{
	CT_CLEANUP_FREE size_t *tops = ct_realloc(NULL, n + 1, sizeof(*tops));
	size_t piles = 0;

	for (size_t i = 0; i < n; i++) {
		size_t low = 0, high = piles;

		while (low < high) {
			size_t mid = low + (high - low) / 2;

			if (anchors[tops[mid]].b < anchors[i].b)
				low = mid + 1;
			else
				high = mid;
		}
		anchors[i].before = low ? tops[low - 1] + 1 : 0;
		tops[low] = i;
		piles += low == piles;
	}
	return piles ? tops[piles - 1] + 1 : 0;
}

/* Without anchors, and too long for a table: each to the next one that is equal. */
static void first_come(const struct stretch *s)
{
	size_t n, last = s->from_b;
	CT_CLEANUP_FREE struct place *places = places_of(s, &n);

	for (size_t i = s->from_a; i < s->to_a; i++) {
		struct place want = { s->a[i].key, last, true };
		size_t low = 0, high = n;

		while (low < high) {
			size_t mid = low + (high - low) / 2;

			if (by_key(&places[mid], &want) < 0)
				low = mid + 1;
			else
				high = mid;
		}
		if (low == n || places[low].key != want.key || !places[low].in_b ||
		    places[low].at - last > s->to_a - s->from_a)
			continue;
		bind(s->a, i, s->b, places[low].at);
		last = places[low].at + 1;
	}
}

static void stretch_align(struct stretch s)
{
	CT_CLEANUP_FREE struct anchor *anchors = NULL;
	size_t n = 0, last;

	trim(&s);
	if (s.from_a == s.to_a || s.from_b == s.to_b)
		return;
	if ((s.to_a - s.from_a + 1) * (s.to_b - s.from_b + 1) <= EXACT) {
		exactly(&s);
		return;
	}
	if (s.depth < DEPTH)
		anchors = anchors_of(&s, &n);
	last = longest_chain(anchors, n);
	if (!last)
		first_come(&s);
	/* from the last anchor back; what lies behind each is a stretch of its own */
	for (; last; last = anchors[last - 1].before) {
		const struct anchor *at = &anchors[last - 1];

		bind(s.a, at->a, s.b, at->b);
		stretch_align((struct stretch){ s.a, s.b, at->a + 1, s.to_a, at->b + 1,
						s.to_b, s.depth + 1 });
		s.to_a = at->a;
		s.to_b = at->b;
		if (!at->before)
			stretch_align((struct stretch){ s.a, s.b, s.from_a, s.to_a,
							s.from_b, s.to_b, s.depth + 1 });
	}
}

static struct stretch whole(struct align_item *a, size_t n, struct align_item *b,
			    size_t m)
{
	return (struct stretch){ a, b, 0, n, 0, m, 0 };
}

void align(struct align_item *a, size_t n, struct align_item *b, size_t m)
{
	for (size_t i = 0; i < n; i++)
		a[i].other = -1;
	for (size_t i = 0; i < m; i++)
		b[i].other = -1;
	stretch_align(whole(a, n, b, m));
}

void align_rest(struct align_item *a, size_t n, struct align_item *b, size_t m)
{
	struct stretch s = whole(a, n, b, m);
	size_t count;
	CT_CLEANUP_FREE struct place *places = places_of(&s, &count);

	for (size_t i = 0, next; i < count; i = next) {
		size_t split = i;

		for (next = i; next < count && places[next].key == places[i].key; next++)
			split += !places[next].in_b;
		for (size_t k = 0; i + k < split && split + k < next; k++)
			bind(a, places[i + k].at, b, places[split + k].at);
	}
}
