/* SPDX-License-Identifier: MIT */
/* The file that could not be executed. */
#ifndef CTTRACE_DECODE_PROGRAM_H
#define CTTRACE_DECODE_PROGRAM_H

#include "cttrace/arena.h"
#include "record.h"

/* NULL when the record has none. */
struct ct_program *ct_decode_program(const struct ct_record *rec, struct ct_arena *arena);

#endif
