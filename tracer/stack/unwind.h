/* SPDX-License-Identifier: MIT */
/* Walks a copied stack: registers and bytes of a task that has long gone on. */
#ifndef CTTRACE_STACK_UNWIND_H
#define CTTRACE_STACK_UNWIND_H

#include "image.h"

#include <sys/user.h>

#define CT_UNWIND_FRAMES 128 /* what is below them is not looked at */

/* What was copied while the task was stopped. */
struct ct_snapshot {
	const struct user_regs_struct *regs;
	const void *stack; /* bytes from regs->rsp on */
	size_t len;
};

/* An instruction that a call will return to, or the one that was stopped at. */
struct ct_step {
	uint64_t ip;
	bool returns; /* it comes after the call: the call itself is at ip - 1 */
};

/* Fills steps[CT_UNWIND_FRAMES], innermost first; returns how many, at least 1. */
size_t ct_unwind(struct ct_image *image, const struct ct_snapshot *snapshot,
		 struct ct_step *steps);

#endif
