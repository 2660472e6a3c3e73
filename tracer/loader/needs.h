/* SPDX-License-Identifier: MIT */
/* What a dynamic ELF file says about the libraries that it needs. */
#ifndef CTTRACE_LOADER_NEEDS_H
#define CTTRACE_LOADER_NEEDS_H

#include "cttrace/arena.h"
#include "elffile.h"

#define CT_NEEDED_MAX 256 /* of one file; the rest is not looked at */

struct ct_needs {
	const char *soname, *rpath, *runpath; /* NULL: none */
	const char *interpreter;              /* PT_INTERP; NULL: a library */
	const char *needed[CT_NEEDED_MAX];    /* DT_NEEDED */
	size_t n_needed;
	bool no_default; /* DF_1_NODEFLIB: neither cache nor default directories */
};

/* All zero for a file that is not dynamic. Strings are the arena's. */
void ct_needs_read(struct ct_needs *needs, struct ct_elf *elf, struct ct_arena *arena);

#endif
