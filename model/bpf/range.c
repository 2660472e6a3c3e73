/* SPDX-License-Identifier: MIT */
/* Arithmetic with words that are known in part. */
#include "range.h"

#include <linux/filter.h>

struct ct_range ct_range_of(uint32_t value)
{
	return (struct ct_range){ value, value, UINT32_MAX, value };
}

struct ct_range ct_range_any(void)
{
	return (struct ct_range){ 0, UINT32_MAX, 0, 0 };
}

bool ct_range_is_one(const struct ct_range *r)
{
	return r->min == r->max;
}

static uint32_t lower(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static uint32_t higher(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* Bits that can be set. */
static uint32_t possible(const struct ct_range *r)
{
	return r->value | ~r->known;
}

/* The bits above the highest one in which two numbers differ. */
static uint32_t common_prefix(uint32_t a, uint32_t b)
{
	return a == b ? UINT32_MAX : ~(UINT32_MAX >> __builtin_clz(a ^ b));
}

/*
 * Lets bounds and bits learn from each other. False when they contradict each other: no
 * number is like that.
 */
static bool agree(struct ct_range *r)
{
	uint32_t prefix;

	r->min = higher(r->min, r->value);
	r->max = lower(r->max, possible(r));
	if (r->min > r->max)
		return false;
	prefix = common_prefix(r->min, r->max);
	if ((r->value ^ r->min) & r->known & prefix)
		return false;
	r->known |= prefix;
	r->value |= r->min & prefix;
	return true;
}

struct ct_range ct_range_join(const struct ct_range *a, const struct ct_range *b)
{
	uint32_t known = a->known & b->known & ~(a->value ^ b->value);

	return (struct ct_range){ lower(a->min, b->min), higher(a->max, b->max), known,
				  a->value & known };
}

/* -------- arithmetic -------- */

typedef struct ct_range alu_fn(const struct ct_range *a, const struct ct_range *b);

static struct ct_range bounds(uint64_t min, uint64_t max)
{
	struct ct_range r = ct_range_any();

	if (max > UINT32_MAX)
		return r;
	r.min = (uint32_t)min;
	r.max = (uint32_t)max;
	agree(&r);
	return r;
}

static struct ct_range bits(uint32_t known, uint32_t value)
{
	struct ct_range r = { 0, UINT32_MAX, known, value & known };

	agree(&r);
	return r;
}

static struct ct_range add(const struct ct_range *a, const struct ct_range *b)
{
	if (ct_range_is_one(a) && ct_range_is_one(b))
		return ct_range_of(a->min + b->min);
	return bounds((uint64_t)a->min + b->min, (uint64_t)a->max + b->max);
}

static struct ct_range sub(const struct ct_range *a, const struct ct_range *b)
{
	if (ct_range_is_one(a) && ct_range_is_one(b))
		return ct_range_of(a->min - b->min);
	return a->min >= b->max ? bounds(a->min - b->max, a->max - b->min)
				: ct_range_any();
}

static struct ct_range mul(const struct ct_range *a, const struct ct_range *b)
{
	if (ct_range_is_one(a) && ct_range_is_one(b))
		return ct_range_of(a->min * b->min);
	return bounds((uint64_t)a->min * b->min, (uint64_t)a->max * b->max);
}

static struct ct_range divide(const struct ct_range *a, const struct ct_range *b)
{
	return bounds(b->max ? a->min / b->max : 0, a->max / higher(b->min, 1));
}

static struct ct_range and (const struct ct_range *a, const struct ct_range *b)
{
	uint32_t zeros = ~possible(a) | ~possible(b), ones = a->value & b->value;

	return bits(zeros | ones, ones);
}

static struct ct_range or (const struct ct_range *a, const struct ct_range *b)
{
	uint32_t zeros = ~possible(a) & ~possible(b), ones = a->value | b->value;

	return bits(zeros | ones, ones);
}

static struct ct_range xor
	(const struct ct_range *a, const struct ct_range *b) {
		return bits(a->known & b->known, a->value ^ b->value);
	}

	/* Only five bits of the distance count (BPF_LSH | BPF_X; the kernel does the
	   same). */
	static struct ct_range
	shift_left(const struct ct_range *a, const struct ct_range *b)
{
	unsigned int n = b->min & 31;

	return ct_range_is_one(b) ? bits(~(~a->known << n), a->value << n)
				  : ct_range_any();
}

static struct ct_range shift_right(const struct ct_range *a, const struct ct_range *b)
{
	unsigned int n = b->min & 31;

	return ct_range_is_one(b) ? bits(~(~a->known >> n), a->value >> n)
				  : ct_range_any();
}

static struct ct_range negate(const struct ct_range *a, const struct ct_range *b)
{
	(void)b;
	return ct_range_is_one(a) ? ct_range_of(-a->min) : ct_range_any();
}

#define BY_OP(op) [BPF_OP(op) >> 4] /* the operation is the upper half of its byte */

struct ct_range ct_range_alu(uint16_t op, const struct ct_range *a,
			     const struct ct_range *b)
{
	static alu_fn *const functions[] = {
		BY_OP(BPF_ADD) = add,        BY_OP(BPF_SUB) = sub,
		BY_OP(BPF_MUL) = mul,        BY_OP(BPF_DIV) = divide,
		BY_OP(BPF_OR) = or,          BY_OP(BPF_AND) = and,
		BY_OP(BPF_LSH) = shift_left, BY_OP(BPF_RSH) = shift_right,
		BY_OP(BPF_NEG) = negate,     BY_OP(BPF_XOR) = xor,
	};

	return functions[BPF_OP(op) >> 4](a, b);
}

/* -------- tests -------- */

static enum ct_truth truth(bool always, bool never)
{
	if (always)
		return CT_ALWAYS;
	return never ? CT_NEVER : CT_PERHAPS;
}

static enum ct_truth is_equal(const struct ct_range *a, const struct ct_range *b)
{
	bool apart = a->max < b->min || a->min > b->max ||
		     ((a->value ^ b->value) & a->known & b->known);

	return truth(ct_range_is_one(a) && ct_range_is_one(b) && a->min == b->min, apart);
}

static enum ct_truth is_greater(const struct ct_range *a, const struct ct_range *b)
{
	return truth(a->min > b->max, a->max <= b->min);
}

static enum ct_truth is_at_least(const struct ct_range *a, const struct ct_range *b)
{
	return truth(a->min >= b->max, a->max < b->min);
}

static enum ct_truth has_bits(const struct ct_range *a, const struct ct_range *b)
{
	return truth(a->value & b->value, !(possible(a) & possible(b)));
}

static void assume_equal(struct ct_range *r, uint32_t k, bool holds)
{
	if (holds) {
		*r = ct_range_of(k);
		return;
	}
	r->min += r->min == k;
	r->max -= r->max == k;
}

static void assume_greater(struct ct_range *r, uint32_t k, bool holds)
{
	if (holds)
		r->min = higher(r->min, k + 1); /* k is below max */
	else
		r->max = lower(r->max, k);
}

static void assume_at_least(struct ct_range *r, uint32_t k, bool holds)
{
	if (holds)
		r->min = higher(r->min, k);
	else
		r->max = lower(r->max, k - 1); /* k is above min */
}

static void assume_bits(struct ct_range *r, uint32_t k, bool holds)
{
	/* one of several bits is set: that says nothing about each */
	if (holds && (k & (k - 1)))
		return;
	r->known |= k;
	r->value = holds ? r->value | k : r->value & ~k;
}

static const struct test {
	enum ct_truth (*check)(const struct ct_range *a, const struct ct_range *b);
	void (*assume)(struct ct_range *r, uint32_t k, bool holds);
} tests[] = {
	BY_OP(BPF_JEQ) = { is_equal, assume_equal },
	BY_OP(BPF_JGT) = { is_greater, assume_greater },
	BY_OP(BPF_JGE) = { is_at_least, assume_at_least },
	BY_OP(BPF_JSET) = { has_bits, assume_bits },
};

enum ct_truth ct_range_test(uint16_t op, const struct ct_range *a,
			    const struct ct_range *b)
{
	return tests[BPF_OP(op) >> 4].check(a, b);
}

struct ct_range ct_range_assume(uint16_t op, const struct ct_range *a,
				const struct ct_range *b, bool holds)
{
	struct ct_range r = *a;

	if (!ct_range_is_one(b))
		return *a;
	tests[BPF_OP(op) >> 4].assume(&r, b->min, holds);
	/* a contradiction: nothing comes this way, and any answer is right */
	return agree(&r) ? r : *a;
}
