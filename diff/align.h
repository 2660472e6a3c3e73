/* SPDX-License-Identifier: MIT */
/* Two sequences, and what of them is the same in the same order. */
#ifndef CTTRACE_DIFF_ALIGN_H
#define CTTRACE_DIFF_ALIGN_H

#include <stddef.h>
#include <stdint.h>

struct align_item {
	uint64_t key; /* equal keys are the same thing */
	long other;   /* its index in the other sequence; -1 */
};

/*
 * Sets `other` of all. In the order of both; as many as possible where that is cheap:
 * around what is unique in both (patience), exactly in short stretches. Takes O(n log n).
 */
void align(struct align_item *a, size_t n, struct align_item *b, size_t m);

/* Binds what has no `other` yet to its equals, first to first, whatever lies between. */
void align_rest(struct align_item *a, size_t n, struct align_item *b, size_t m);

#endif
