/* SPDX-License-Identifier: MIT */
/* Files that were looked at: what could not be executed, a bundle's configuration. */
#ifndef CTTRACE_DECODE_PROGRAM_H
#define CTTRACE_DECODE_PROGRAM_H

#include "cttrace/arena.h"
#include "record.h"

/* NULL when the record has none. */
struct ct_program *ct_decode_program(const struct ct_record *rec, struct ct_arena *arena);
/* Pairs of strings; one that is not whole ends them. */
struct ct_lacked *ct_decode_lacks(const struct ct_record *rec, struct ct_arena *arena,
				  size_t *n);
struct ct_bundle *ct_decode_bundle(const struct ct_record *rec, struct ct_arena *arena);

#endif
