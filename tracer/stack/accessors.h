/* SPDX-License-Identifier: MIT */
/* What libunwind may see of a stopped task: the copied registers and stack, and our
 * files. */
#ifndef CTTRACE_STACK_ACCESSORS_H
#define CTTRACE_STACK_ACCESSORS_H

#include "unwind.h"
#include "unwinding.h"

/* A walk in progress. */
struct ct_walk {
	struct ct_image *image;
	const struct ct_snapshot *snapshot;
	uint64_t regs[CT_WALK_REGS]; /* of the frame the walk is at, as far as known */
	bool returns;                /* that frame has called the one before it */
	unw_cursor_t cursor;
	bool has_cursor;          /* the cursor stands at that frame */
	bool no_cfi;              /* there was no table for the last address */
	const struct ct_cfi *cfi; /* the table that is being read */
	uint64_t cfi_bias;
	unsigned int reads; /* words read so far */
};

void ct_walk_init(struct ct_walk *walk, struct ct_image *image,
		  const struct ct_snapshot *snapshot);
/* A word of the copied stack; false when it was not copied. */
bool ct_walk_stack_word(const struct ct_walk *walk, uint64_t addr, uint64_t *word);

#endif
