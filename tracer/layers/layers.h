/* SPDX-License-Identifier: MIT */
/*
 * Copy on write: for each file of an overlay that a payload changes, the lower layer that
 * has it. Asked on the recorder's thread, not at the stop: the layers below a mounted
 * overlay must not change, so they say the same a moment later, and nobody waits.
 */
#ifndef CTTRACE_LAYERS_LAYERS_H
#define CTTRACE_LAYERS_LAYERS_H

#include "cttrace/arena.h"
#include "cttrace/event.h"
#include "plan.h"
#include "record.h"

struct ct_layers;

/* host: inode of the mount namespace whose tables are of no interest; 0: not known. */
struct ct_layers *ct_layers_new(uint64_t host);
void ct_layers_free(struct ct_layers *layers);

/*
 * Learns from an event whose tables tasks live in, and puts the layers into one that
 * changes files. The plan is that of the record's call.
 */
void ct_layers_see(struct ct_layers *layers, const struct ct_record *rec,
		   const struct ct_plan *plan, struct ct_event *event,
		   struct ct_arena *arena);

#endif
