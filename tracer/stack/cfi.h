/* SPDX-License-Identifier: MIT */
/* The unwind tables of an ELF file: .eh_frame_hdr, and the .eh_frame it points into. */
#ifndef CTTRACE_STACK_CFI_H
#define CTTRACE_STACK_CFI_H

#include "elffile.h"

struct ct_cfi {
	uint64_t header;       /* address of .eh_frame_hdr, which its table counts from */
	uint64_t table;        /* address of its table of functions, sorted */
	uint64_t n_entries;    /* pairs of 32-bit numbers; 0: there is no such table */
	uint64_t addr;         /* of the first of bytes */
	struct ct_bytes bytes; /* both sections, and what lies between them */
};

/* n_entries is 0 when the file has no tables, or not of the usual form. */
void ct_cfi_open(struct ct_cfi *cfi, struct ct_elf *elf);

#endif
