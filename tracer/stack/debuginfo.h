/* SPDX-License-Identifier: MIT */
/* Symbols of a stripped file that are kept elsewhere: a debug file, or packed inside it.
 */
#ifndef CTTRACE_STACK_DEBUGINFO_H
#define CTTRACE_STACK_DEBUGINFO_H

#include "symtab.h"

/* Where to look for the debug file that a file names. */
struct ct_debuginfo_place {
	const char *root; /* in front of every path: "/proc/TID/root", or "" */
	const char *path; /* of the stripped file */
};

/*
 * Each adds the functions it finds to `tab`, and returns the file they came from, which
 * must outlive the table and belongs to the caller; NULL when there is none.
 */
struct ct_elf *ct_debuginfo_by_build_id(struct ct_elf *elf, struct ct_symtab *tab);
struct ct_elf *ct_debuginfo_by_link(struct ct_elf *elf,
				    const struct ct_debuginfo_place *place,
				    struct ct_symtab *tab);
struct ct_elf *ct_debuginfo_packed(struct ct_elf *elf, struct ct_symtab *tab);

#endif
