/* SPDX-License-Identifier: MIT */
/* What /proc said about a task, out of a record's blobs. */
#ifndef CTTRACE_DECODE_STATE_H
#define CTTRACE_DECODE_STATE_H

#include "cttrace/arena.h"
#include "record.h"

/* NULL if the record says nothing about any task's state. */
struct ct_state *ct_decode_state(const struct ct_record *rec, struct ct_arena *arena);

#endif
