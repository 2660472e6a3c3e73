/* SPDX-License-Identifier: MIT */
/* What is said about words in part holds for each word that it is said about. */
#include "range.h"

#include "programs.h"
#include "test.h"

#include <linux/filter.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static bool holds_for(const struct ct_range *r, uint32_t value)
{
	return value >= r->min && value <= r->max && !((value ^ r->value) & r->known);
}

/* One of these two, and what they have in common. */
struct pair {
	uint32_t values[2];
	struct ct_range range;
};

static struct pair pair(uint64_t *seed)
{
	struct pair p = { .values = { odd_number(seed), odd_number(seed) } };
	struct ct_range a = ct_range_of(p.values[0]), b = ct_range_of(p.values[1]);

	/* every fourth one is known */
	if (!(next_random(seed) % 4))
		p.values[1] = p.values[0], b = a;
	p.range = ct_range_join(&a, &b);
	return p;
}

static uint32_t compute(uint16_t op, uint32_t a, uint32_t b)
{
	const uint32_t results[] = {
		[BPF_ADD >> 4] = a + b,
		[BPF_SUB >> 4] = a - b,
		[BPF_MUL >> 4] = a * b,
		[BPF_DIV >> 4] = b ? a / b : 0,
		[BPF_OR >> 4] = a | b,
		[BPF_AND >> 4] = a & b,
		[BPF_LSH >> 4] = a << (b & 31),
		[BPF_RSH >> 4] = a >> (b & 31),
		[BPF_NEG >> 4] = -a,
		[BPF_XOR >> 4] = a ^ b,
	};

	return results[op >> 4];
}

TEST(results_of_arithmetic_hold)
{
	static const uint16_t operations[] = {
		BPF_ADD, BPF_SUB, BPF_MUL, BPF_DIV, BPF_OR,
		BPF_AND, BPF_LSH, BPF_RSH, BPF_NEG, BPF_XOR
	};
	uint64_t seed = 1;

	for (int i = 0; i < 200000; i++) {
		struct pair a = pair(&seed), b = pair(&seed);
		uint16_t op = operations[(size_t)i % COUNT(operations)];
		struct ct_range r = ct_range_alu(op, &a.range, &b.range);

		CHECK(r.min <= r.max && !(r.value & ~r.known));
		for (int k = 0; k < 4; k++) {
			uint32_t x = a.values[k & 1], y = b.values[k >> 1];

			if (op != BPF_DIV || y)
				CHECK(holds_for(&r, compute(op, x, y)));
		}
		if (ct_range_is_one(&a.range) && ct_range_is_one(&b.range) &&
		    (op != BPF_DIV || b.range.min))
			CHECK(ct_range_is_one(&r));
	}
}

static bool test(uint16_t op, uint32_t a, uint32_t b)
{
	const bool results[] = {
		[BPF_JEQ >> 4] = a == b,
		[BPF_JGT >> 4] = a > b,
		[BPF_JGE >> 4] = a >= b,
		[BPF_JSET >> 4] = (a & b) != 0,
	};

	return results[op >> 4];
}

static void check_test(uint16_t op, const struct pair *a, const struct pair *b)
{
	enum ct_truth truth = ct_range_test(op, &a->range, &b->range);

	for (int k = 0; k < 4; k++) {
		uint32_t x = a->values[k & 1], y = b->values[k >> 1];
		bool result = test(op, x, y);
		struct ct_range after;

		CHECK(truth != (result ? CT_NEVER : CT_ALWAYS));
		if (truth != CT_PERHAPS)
			continue;
		after = ct_range_assume(op, &a->range, &b->range, result);
		CHECK(holds_for(&after, x));
	}
}

TEST(tests_hold_and_teach_nothing_wrong)
{
	static const uint16_t operations[] = { BPF_JEQ, BPF_JGT, BPF_JGE, BPF_JSET };
	uint64_t seed = 2;
	size_t decided = 0;

	for (int i = 0; i < 200000; i++) {
		struct pair a = pair(&seed), b = pair(&seed);
		uint16_t op = operations[(size_t)i % COUNT(operations)];

		check_test(op, &a, &b);
		decided += ct_range_test(op, &a.range, &b.range) != CT_PERHAPS;
	}
	CHECK(decided > 50000);
}

TEST(an_assumption_narrows)
{
	struct ct_range any = ct_range_any(), five = ct_range_of(5), bit = ct_range_of(4);
	struct ct_range r = ct_range_assume(BPF_JGT, &any, &five, false);

	CHECK_INT(r.max, 5);
	CHECK_INT(ct_range_assume(BPF_JGE, &any, &five, false).max, 4);
	CHECK_INT(ct_range_assume(BPF_JGE, &any, &five, true).min, 5);
	CHECK_INT(ct_range_assume(BPF_JGT, &any, &five, true).min, 6);
	CHECK_INT(ct_range_test(BPF_JSET, &r, &bit), CT_PERHAPS);
	r = ct_range_assume(BPF_JSET, &r, &bit, true);
	CHECK_INT(r.min, 4);
	r = ct_range_assume(BPF_JEQ, &r, &bit, false);
	CHECK(ct_range_is_one(&r));
	CHECK_INT(r.min, 5);
}
