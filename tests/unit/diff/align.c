/* SPDX-License-Identifier: MIT */
/* The alignment of two sequences, against what must hold of any. */
#include "align.h"
#include "test.h"

#include <stdbool.h>
#include <stdlib.h>

static struct align_item *sequence(const char *text)
{
	struct align_item *items = calloc(strlen(text) + 1, sizeof(*items));

	for (size_t i = 0; text[i]; i++)
		items[i].key = (unsigned char)text[i];
	return items;
}

/* Both say the same, only equals are bound; returns how many, -1: they cross. */
static long check(const struct align_item *a, size_t n, const struct align_item *b,
		  size_t m)
{
	long last = -1, bound = 0;
	bool crossed = false;

	for (size_t i = 0; i < n; i++) {
		if (a[i].other < 0)
			continue;
		CHECK((size_t)a[i].other < m);
		CHECK_INT(b[a[i].other].other, i);
		CHECK(b[a[i].other].key == a[i].key);
		crossed |= a[i].other < last;
		last = a[i].other;
		bound++;
	}
	for (size_t j = 0; j < m; j++)
		CHECK(b[j].other < 0 || a[b[j].other].other == (long)j);
	return crossed ? -1 : bound;
}

static long common(const char *x, const char *y)
{
	struct align_item *a = sequence(x), *b = sequence(y);
	long n;

	align(a, strlen(x), b, strlen(y));
	n = check(a, strlen(x), b, strlen(y));
	free(a);
	free(b);
	return n;
}

TEST(short_sequences_have_their_longest_common_part)
{
	CHECK_INT(common("", ""), 0);
	CHECK_INT(common("abc", ""), 0);
	CHECK_INT(common("abc", "abc"), 3);
	CHECK_INT(common("abcabba", "cbabac"), 4);
	CHECK_INT(common("xabcy", "abc"), 3);
	CHECK_INT(common("aaaa", "aa"), 2);
	CHECK_INT(common("abcdef", "fedcba"), 1);
}

TEST(what_is_left_is_bound_out_of_order)
{
	struct align_item *a = sequence("abcd"), *b = sequence("dbca");

	align(a, 4, b, 4);
	align_rest(a, 4, b, 4);
	CHECK_INT(check(a, 4, b, 4), -1);
	for (int i = 0; i < 4; i++)
		CHECK(a[i].other >= 0);
	free(a);
	free(b);
}

enum { MANY = 200000, EVERY = 100 };

/* Repetitions of few keys, and unique ones among them, as calls are. */
static uint64_t key_at(size_t i)
{
	return i % 5 ? i * 2654435761u % 97 : i + 1000;
}

TEST(long_sequences_are_aligned_up_to_what_is_different)
{
	struct align_item *a = calloc(MANY, sizeof(*a)), *b = calloc(MANY, sizeof(*b));
	size_t m = 0;
	long bound;

	for (size_t i = 0; i < MANY; i++) {
		a[i].key = key_at(i);
		if (i % EVERY)
			b[m++].key = key_at(i);
	}
	align(a, MANY, b, m);
	bound = check(a, MANY, b, m);
	CHECK(bound >= (long)(m - m / EVERY));
	free(a);
	free(b);
}

TEST(sequences_without_anything_unique_end_as_well)
{
	struct align_item *a = calloc(MANY, sizeof(*a)), *b = calloc(MANY, sizeof(*b));

	for (size_t i = 0; i < MANY; i++) {
		a[i].key = i % 3;
		b[i].key = (i + 1) % 4;
	}
	align(a, MANY, b, MANY);
	CHECK(check(a, MANY, b, MANY) > MANY / 3);
	free(a);
	free(b);
}
