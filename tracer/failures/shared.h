/* SPDX-License-Identifier: MIT */
/* The memory that the program and the tracer have in common: maps, plans, the ring. */
#ifndef CTTRACE_FAILURES_SHARED_H
#define CTTRACE_FAILURES_SHARED_H

#include "program.h"
#include "ring.h"

struct ct_shared {
	struct ct_program_maps maps;
	struct ct_ring ring;
	struct ct_watch_plan *rows; /* CT_WATCH_PLANS of them */
	const uint64_t *lost;       /* counted by the program */
};

/* Makes all of it. -errno; ct_shared_close() all the same. */
int ct_shared_open(struct ct_shared *shared, size_t ring_bytes);
void ct_shared_close(struct ct_shared *shared);

#endif
