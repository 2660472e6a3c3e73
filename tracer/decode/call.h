/* SPDX-License-Identifier: MIT */
/* System calls and execs out of their records. */
#ifndef CTTRACE_DECODE_CALL_H
#define CTTRACE_DECODE_CALL_H

#include "cttrace/arena.h"
#include "cttrace/event.h"
#include "record.h"
#include "syscalls.h"

/* How many arguments this call has: an operation may leave the last ones unused. */
size_t ct_decode_count_args(const struct ct_record *rec, const struct ct_syscall *sc);
void ct_decode_call(struct ct_event *event, const struct ct_record *rec,
		    struct ct_arena *arena);
void ct_decode_attach(struct ct_event *event, const struct ct_record *rec,
		      struct ct_arena *arena);
void ct_decode_exec(struct ct_event *event, const struct ct_record *rec,
		    struct ct_arena *arena);

#endif
