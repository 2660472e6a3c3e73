/* SPDX-License-Identifier: MIT */
/* What is known about a word of 32 bits: its bounds, and the value of single bits. */
#ifndef CTTRACE_MODEL_BPF_RANGE_H
#define CTTRACE_MODEL_BPF_RANGE_H

#include <stdbool.h>
#include <stdint.h>

/* Never empty: min ≤ max. A bit of `value` counts where `known` has it, and is 0 else. */
struct ct_range {
	uint32_t min, max;
	uint32_t known, value;
};

struct ct_range ct_range_of(uint32_t value);
struct ct_range ct_range_any(void);
bool ct_range_is_one(const struct ct_range *r); /* it can only be r->min */
/* One of the two, not known which. */
struct ct_range ct_range_join(const struct ct_range *a, const struct ct_range *b);

/* The result of `a op b`; op is BPF_ADD, … BPF_NEG. A division is not by zero. */
struct ct_range ct_range_alu(uint16_t op, const struct ct_range *a,
			     const struct ct_range *b);

enum ct_truth { CT_NEVER, CT_PERHAPS, CT_ALWAYS };

/* Does `a op b` hold; op is BPF_JEQ, BPF_JGT, BPF_JGE or BPF_JSET. */
enum ct_truth ct_range_test(uint16_t op, const struct ct_range *a,
			    const struct ct_range *b);
/* What `a` is after a test whose truth was CT_PERHAPS turned out as `holds`. */
struct ct_range ct_range_assume(uint16_t op, const struct ct_range *a,
				const struct ct_range *b, bool holds);

#endif
