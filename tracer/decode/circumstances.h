/* SPDX-License-Identifier: MIT */
/* Blobs of what /proc said when a call had failed, as one struct. */
#ifndef CTTRACE_DECODE_CIRCUMSTANCES_H
#define CTTRACE_DECODE_CIRCUMSTANCES_H

#include "cttrace/arena.h"
#include "record.h"

/* NULL: nothing was asked. The arguments of the event are decoded already. */
struct ct_circumstances *ct_decode_circumstances(const struct ct_record *rec,
						 const struct ct_event *event,
						 struct ct_arena *arena);

#endif
