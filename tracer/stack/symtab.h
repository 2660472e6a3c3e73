/* SPDX-License-Identifier: MIT */
/* The functions of an ELF file by address, from any of its symbol tables. */
#ifndef CTTRACE_STACK_SYMTAB_H
#define CTTRACE_STACK_SYMTAB_H

#include "elffile.h"

struct ct_symbol {
	uint64_t start, end; /* [start, end), addresses as in the file */
	const char *name;    /* belongs to the ELF file it came from */
};

struct ct_symtab {
	struct symbol *symbols; /* sorted by start; one for each start */
	size_t n_symbols, cap;
	bool sorted;
};

/*
 * Adds the functions of a section (".symtab", ".dynsym"); false when there is no such
 * table. The file must outlive the table.
 */
bool ct_symtab_add(struct ct_symtab *tab, struct ct_elf *elf, const char *section);
/*
 * The function that contains this address. A symbol without a size, or one that ends
 * before the address, is never an answer: "the nearest lower symbol" names wrong
 * functions in every stripped Go program.
 */
bool ct_symtab_find(struct ct_symtab *tab, uint64_t addr, struct ct_symbol *found);
/* The address of the symbol of that name, in .symtab only (slow: reads them all). */
bool ct_symtab_address(struct ct_elf *elf, const char *name, uint64_t *addr);
size_t ct_symtab_size(const struct ct_symtab *tab); /* bytes in memory */
void ct_symtab_release(struct ct_symtab *tab);

#endif
