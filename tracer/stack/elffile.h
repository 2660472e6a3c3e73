/* SPDX-License-Identifier: MIT */
/*
 * A 64-bit x86 ELF file whose parts are copied into memory when they are asked for.
 *
 * Nothing is mapped: a mapped file that its owner truncates kills the reader with SIGBUS,
 * and one that stays open keeps the container's file system busy when it is unmounted.
 */
#ifndef CTTRACE_STACK_ELFFILE_H
#define CTTRACE_STACK_ELFFILE_H

#include "bytes.h"

#include <gelf.h>

/* What one file may take; a part that does not fit is treated as missing. */
#define CT_ELF_PART_MAX  ((size_t)64 << 20)
#define CT_ELF_TOTAL_MAX ((size_t)160 << 20)

struct ct_elf {
	Elf *handle;
	void *image;      /* owned copy of the whole file, or NULL */
	size_t held;      /* bytes of parts in memory */
	GElf_Phdr *phdrs; /* owned */
	size_t n_phdrs;
};

struct ct_section {
	uint64_t addr;
	uint32_t type, link;
	struct ct_bytes bytes;
};

/* Reads from fd until ct_elf_detach(); NULL when it is not such a file. */
struct ct_elf *ct_elf_open(int fd);
/* The same of bytes in memory, which must live longer. */
struct ct_elf *ct_elf_memory(const void *bytes, size_t len);
/* The same, taking over bytes from malloc(), which are freed even when it fails. */
struct ct_elf *ct_elf_take(void *bytes, size_t len);
/* The descriptor may be closed from now on: parts not read yet are missing. */
void ct_elf_detach(struct ct_elf *elf);
void ct_elf_free(struct ct_elf *elf);

/* A section by its name or number; false when it is missing, empty or too large. */
bool ct_elf_section(struct ct_elf *elf, const char *name, struct ct_section *section);
bool ct_elf_section_nr(struct ct_elf *elf, size_t nr, struct ct_section *section);
/* The bytes of the file that are mapped at [addr, addr + len); empty: not all there. */
struct ct_bytes ct_elf_range(struct ct_elf *elf, uint64_t addr, uint64_t len);
/* The loaded segment that holds this address in its bytes from the file, or NULL. */
const GElf_Phdr *ct_elf_load_at(const struct ct_elf *elf, uint64_t addr);
/* The payload of the note of that owner and type. */
struct ct_bytes ct_elf_note(struct ct_elf *elf, const char *owner, uint32_t type);

#endif
