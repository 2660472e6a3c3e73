/* SPDX-License-Identifier: MIT */
/* System calls and execs out of their records. */
#ifndef CTTRACE_DECODE_CALL_H
#define CTTRACE_DECODE_CALL_H

#include "cttrace/arena.h"
#include "cttrace/event.h"
#include "record.h"

void ct_decode_call(struct ct_event *event, const struct ct_record *rec,
		    struct ct_arena *arena);
void ct_decode_attach(struct ct_event *event, const struct ct_record *rec,
		      struct ct_arena *arena);
void ct_decode_exec(struct ct_event *event, const struct ct_record *rec,
		    struct ct_arena *arena);

#endif
