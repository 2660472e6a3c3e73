/* SPDX-License-Identifier: MIT */
/*
 * Go's own table of functions, lines and frame sizes (.gopclntab). It stays in a stripped
 * program, because the runtime needs it to unwind; we search it where it is, unparsed.
 */
#ifndef CTTRACE_STACK_PCLNTAB_H
#define CTTRACE_STACK_PCLNTAB_H

#include "bytes.h"

struct ct_pclntab {
	const struct pclntab_layout *layout;
	uint64_t text; /* what entries are relative to; 0: they are addresses */
	uint64_t n_functions;
	struct ct_bytes names, units, files,
		pcs;               /* what the offsets of a function are into */
	struct ct_bytes index;     /* sorted pairs: entry, offset into functions */
	struct ct_bytes functions; /* the _func structs of the runtime */
	unsigned int quantum;      /* unit of the program counters */
};

struct ct_go_function {
	uint64_t start, end; /* addresses as in the file */
	const char *name;    /* "main.main", never NULL; in the table */
	uint64_t fields;     /* where its _func goes on after the entry, in functions */
};

/* Can this be a table? For those who look for one that has no section. */
bool ct_pclntab_plausible(struct ct_bytes table);
/* The address of runtime.text that the header names; 0: not said (as from Go 1.26 on). */
uint64_t ct_pclntab_text(struct ct_bytes table);
/* Where in the header that address is, for the relocation; 0: this version has none. */
uint64_t ct_pclntab_text_offset(struct ct_bytes table);

/* `text` is the true address of runtime.text. False for a version we do not know. */
bool ct_pclntab_init(struct ct_pclntab *tab, struct ct_bytes table, uint64_t text);
bool ct_pclntab_find(const struct ct_pclntab *tab, uint64_t pc,
		     struct ct_go_function *fn);
/* Source file and line of an instruction of this function. */
bool ct_pclntab_line(const struct ct_pclntab *tab, const struct ct_go_function *fn,
		     uint64_t pc, const char **file, unsigned int *line);
/* Bytes between the stack pointer at pc and the return address; -1: not known. */
int64_t ct_pclntab_frame(const struct ct_pclntab *tab, const struct ct_go_function *fn,
			 uint64_t pc);

#endif
