/* SPDX-License-Identifier: MIT */
/* Records to events: pure, bounded, no task is touched. */
#ifndef CTTRACE_DECODE_DECODE_H
#define CTTRACE_DECODE_DECODE_H

#include "cttrace/arena.h"
#include "cttrace/event.h"
#include "record.h"

struct ct_decode_options {
	int64_t start_ns; /* subtracted from the record's times */
};

/* Fills *event; its strings live in the arena. The record may hold any bytes. */
void ct_decode(struct ct_event *event, const struct ct_record *rec,
	       const struct ct_decode_options *options, struct ct_arena *arena);

#endif
