/* SPDX-License-Identifier: MIT */
/* Finds the unwind tables by the program header, so that a file without sections has
 * them. */
#include "cfi.h"

/* version 1; pcrel|sdata4, udata4, datarel|sdata4: what every linker writes */
static const uint8_t usual_form[] = { 0x01, 0x1b, 0x03, 0x3b };

#define HEADER_SIZE 12 /* the form, the pointer to .eh_frame, the number of entries */
#define ENTRY_SIZE  8

static const GElf_Phdr *header_segment(const struct ct_elf *elf)
{
	for (size_t i = 0; i < elf->n_phdrs; i++)
		if (elf->phdrs[i].p_type == PT_GNU_EH_FRAME)
			return &elf->phdrs[i];
	return NULL;
}

/* Both sections are read at once: they are neighbours, in either order. */
static bool read_both(struct ct_cfi *cfi, struct ct_elf *elf, uint64_t frames)
{
	const GElf_Phdr *load = ct_elf_load_at(elf, cfi->header);

	cfi->addr = frames < cfi->header ? frames : cfi->header;
	if (!load || ct_elf_load_at(elf, cfi->addr) != load)
		return false;
	cfi->bytes =
		ct_elf_range(elf, cfi->addr, load->p_vaddr + load->p_filesz - cfi->addr);
	return cfi->bytes.data && ct_bytes_has(cfi->bytes, cfi->table - cfi->addr,
					       cfi->n_entries * ENTRY_SIZE);
}

void ct_cfi_open(struct ct_cfi *cfi, struct ct_elf *elf)
{
	const GElf_Phdr *segment = header_segment(elf);
	struct ct_bytes header;
	uint64_t frames = 0, n = 0;

	*cfi = (struct ct_cfi){ 0 };
	if (!segment)
		return;
	header = ct_elf_range(elf, segment->p_vaddr, HEADER_SIZE);
	if (!header.data || memcmp(header.data, usual_form, sizeof(usual_form)))
		return;
	ct_bytes_uint(header, 4, 4, &frames);
	ct_bytes_uint(header, 8, 4, &n);
	cfi->header = segment->p_vaddr;
	cfi->table = cfi->header + HEADER_SIZE;
	cfi->n_entries = n;
	frames = cfi->header + 4 + (uint64_t)(int32_t)frames;
	if (!read_both(cfi, elf, frames))
		cfi->n_entries = 0;
}
