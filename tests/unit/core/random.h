/* SPDX-License-Identifier: MIT */
/* Random events: every kind, every field, any bytes, numbers up to their limits. */
#ifndef CTTRACE_TESTS_CORE_RANDOM_H
#define CTTRACE_TESTS_CORE_RANDOM_H

#include "cttrace/arena.h"
#include "cttrace/event.h"

struct rnd {
	uint64_t seed; /* not 0 */
	struct ct_arena *arena;
};

uint64_t rnd_u64(struct rnd *rnd);
uint64_t rnd_below(struct rnd *rnd, uint64_t n);
const char *rnd_bytes(struct rnd *rnd, size_t *len); /* any bytes, NUL too */
const char *rnd_text(struct rnd *rnd);               /* any bytes without NUL */
void rnd_event(struct rnd *rnd, struct ct_event *event);

#endif
