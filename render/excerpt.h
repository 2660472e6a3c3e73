/* SPDX-License-Identifier: MIT */
/* The part of a very long trace that a picture can hold, when it cannot hold all of it.
 */
#ifndef CTTRACE_RENDER_EXCERPT_H
#define CTTRACE_RENDER_EXCERPT_H

#include "cttrace/arena.h"
#include "cttrace/model.h"

/*
 * A model that shows `most` events of those that `model` shows: first those that change
 * something, are no calls, or are referred to; then what failed or was said; then the
 * rest; of the last kind that has room, the first ones. Everything else is shown as
 * before, and the selection says what it is. The model itself if all of it fits. It
 * borrows from the model and belongs to the arena.
 */
const struct ct_model *ct_excerpt(const struct ct_model *model, size_t most,
				  struct ct_arena *arena);

#endif
