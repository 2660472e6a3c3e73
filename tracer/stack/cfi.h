/* SPDX-License-Identifier: MIT */
/*
 * The unwind table of an ELF file (.eh_frame), indexed and vetted by us.
 *
 * Not by the linker's index (.eh_frame_hdr): static programs have none, and it can send
 * the unwinder to any byte of the file, while ours leads only to what ct_cfi_vet()
 * passed.
 */
#ifndef CTTRACE_STACK_CFI_H
#define CTTRACE_STACK_CFI_H

#include "elffile.h"

/* One function, in the form libunwind searches: both count from the table's address. */
struct ct_cfi_entry {
	int32_t start; /* of the function */
	int32_t fde;   /* its description */
};

struct ct_cfi {
	uint64_t addr; /* of .eh_frame in the file */
	struct ct_bytes bytes;
	uint64_t low, high; /* where the file has memory at all: low ≤ addr < high */
	struct ct_cfi_entry *entries; /* sorted by start */
	size_t n_entries, cap;
	bool indexed;
};

/* Reads the table; empty when there is none. */
void ct_cfi_open(struct ct_cfi *cfi, struct ct_elf *elf);
/* Makes the entries; the second time there is nothing to do. */
void ct_cfi_index(struct ct_cfi *cfi);
void ct_cfi_release(struct ct_cfi *cfi);

/*
 * May libunwind run the instructions at [at, end)? It divides without care (SIGFPE) and
 * follows jumps for ever, so only what compilers emit is let through.
 */
bool ct_cfi_vet(struct ct_bytes bytes, uint64_t at, uint64_t end);

#endif
