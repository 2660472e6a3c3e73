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
const char *rnd_maybe_text(struct rnd *rnd);         /* or NULL */
bool rnd_coin(struct rnd *rnd);
/* 0…max: often one of the two, often small, sometimes anything. */
int64_t rnd_number(struct rnd *rnd, int64_t max);
struct ct_task_id rnd_task(struct rnd *rnd);
/* Values within values down to `depth`. */
void rnd_args(struct rnd *rnd, struct ct_arg **args, size_t *n, bool named, int depth);
void rnd_event(struct rnd *rnd, struct ct_event *event);

#endif
