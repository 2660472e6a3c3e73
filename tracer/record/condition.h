/* SPDX-License-Identifier: MIT */
/* When a key call matters, as tests of its registers: for the seccomp filter, and in C.
 */
#ifndef CTTRACE_RECORD_CONDITION_H
#define CTTRACE_RECORD_CONDITION_H

#include "plan.h"

#include <fcntl.h>

/*
 * One test: (args[arg] & mask) == value, in 32 bits, as the kernel looks at no more of an
 * int. Negated: the whole register is not `value`; for pointers.
 */
struct ct_test {
	int arg;
	uint32_t mask, value;
	bool negated;
};

/* Tests that must all hold; a condition holds if any of its alternatives does. */
struct ct_alternative {
	struct ct_test test[2];
	int n_tests;
	bool told; /* of a call that needs a stop otherwise: its arguments say all that it
		      changes, so somebody who sees it at its end needs no stop */
};

/* The alternatives of plan->when; *count 0 means: always. Not for CT_WHEN_FULL. */
const struct ct_alternative *ct_condition_of(const struct ct_plan *plan, int *count);

/* Has it an alternative that is told? */
bool ct_condition_tells(const struct ct_plan *plan);

/* Flags of open(2) with which it may change files: as ct_call_opens_to_write(). */
#define CT_OPEN_CHANGES (O_ACCMODE | O_CREAT | O_TRUNC)

/* Does it change files at its path arguments, if it succeeds? What openat2(2) does is
 * behind a pointer: true. */
bool ct_condition_changes(const struct ct_plan *plan, const uint64_t args[6]);

/* Would the filter trap this call? False for CT_WHEN_FULL. */
bool ct_condition_holds(const struct ct_plan *plan, const uint64_t args[6]);

#endif
