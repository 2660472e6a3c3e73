/* SPDX-License-Identifier: MIT */
/* Tables of named constants: flags that are combined, and enumerations. */
#ifndef CTTRACE_DECODE_NAMES_H
#define CTTRACE_DECODE_NAMES_H

#include "cttrace/strbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ct_name {
	uint64_t value;
	/*
	 * Which bits of a number are compared with value: value's own for a flag, more
	 * for a field of several bits, none for the name of zero.
	 */
	uint64_t mask;
	const char *name;
};

struct ct_names {
	const struct ct_name *names;
	size_t count;
};

/* Appends "MS_BIND|MS_REC|0x100000000": the names, then the bits that have none. */
void ct_names_put_flags(const struct ct_names *table, uint64_t value,
			struct ct_strbuf *out);
/* The name of exactly this value, or NULL. */
const char *ct_names_find(const struct ct_names *table, uint64_t value);

/* ct_names_mount, ct_names_clone, …: one for each TABLE() in flags/. */
#define TABLE(table) extern const struct ct_names ct_names_##table;
#define FLAG(name)
#define BITS(name, mask)
#define VALUE(name, number)
#define END(table)
#include "flags.def"
#undef TABLE
#undef FLAG
#undef BITS
#undef VALUE
#undef END

#endif
