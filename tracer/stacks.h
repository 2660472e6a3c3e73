/* SPDX-License-Identifier: MIT */
/* Stacks of a recording: which programs' maps are missing, and unwinding what was copied.
 */
#ifndef CTTRACE_TRACER_STACKS_H
#define CTTRACE_TRACER_STACKS_H

#include "cttrace/arena.h"
#include "cttrace/event.h"
#include "record.h"

struct ct_stacks;

struct ct_stacks *ct_stacks_new(void);
void ct_stacks_free(struct ct_stacks *stacks);

/*
 * On the tracing thread: must the next stack of this program come with its maps? True
 * once for a new program and for each new place in it, and again after the recorder met
 * code that it has no map for.
 */
bool ct_stacks_wants_maps(struct ct_stacks *stacks, uint32_t image, uint64_t ip);

/* On the recorder's thread: the stack of a record that has one, into its event. */
void ct_stacks_unwind(struct ct_stacks *stacks, const struct ct_record *rec,
		      struct ct_event *event, struct ct_arena *arena);

#endif
