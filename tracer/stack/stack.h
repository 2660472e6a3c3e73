/* SPDX-License-Identifier: MIT */
/*
 * Call stacks, unwound after the task has gone on: while it is stopped only its registers
 * and the top of its stack are copied, and once per program the text of /proc/TID/maps.
 *
 * One thread at a time. Everything that comes in may have been made by the traced
 * program.
 */
#ifndef CTTRACE_STACK_STACK_H
#define CTTRACE_STACK_STACK_H

#include "unwind.h"

#include "cttrace/event.h"

/* Images that are remembered; beyond it, the one that was not used for longest goes. */
#define CT_STACK_IMAGES 256

struct ct_stack;

struct ct_stack *ct_stack_new(void);
void ct_stack_free(struct ct_stack *stack);

/*
 * What a process image has in memory. `key` is the caller's name for the image: a new one
 * for every execve, shared by the threads, and by the children until they exec. Files
 * that are not known yet are read now, through /proc/TID if `tid` still exists, and
 * closed. A second time with the same key replaces the first.
 */
void ct_stack_add_maps(struct ct_stack *stack, uint64_t key, pid_t tid, const char *maps,
		       size_t len);
/* The last process of the image has ended. */
void ct_stack_drop(struct ct_stack *stack, uint64_t key);
/*
 * Are maps missing for this image: never given, forgotten, or older than the code that
 * was last seen on a stack (dlopen)? Then the next snapshot should come with new ones.
 */
bool ct_stack_wants_maps(const struct ct_stack *stack, uint64_t key);

/*
 * The frames, innermost first, in the arena; returns how many (at most CT_UNWIND_FRAMES;
 * at least one, the address itself, even when nothing is known about the image).
 */
size_t ct_stack_unwind(struct ct_stack *stack, uint64_t key,
		       const struct ct_snapshot *snapshot, struct ct_frame **frames,
		       struct ct_arena *arena);

#endif
