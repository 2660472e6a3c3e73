/* SPDX-License-Identifier: MIT */
/* Where .gopclntab is, and runtime.text: the section and the header do not always say. */
#include "golang.h"

#include "machine.h"
#include "symtab.h"

#define GO_BUILD_ID 4 /* type of the note with owner "Go" */

/* The table and its address in the program. */
struct located {
	struct ct_bytes bytes;
	uint64_t addr;
};

static bool find_section(struct ct_elf *elf, struct located *table)
{
	static const char *const names[] = { ".gopclntab", ".data.rel.ro.gopclntab" };
	struct ct_section section;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (ct_elf_section(elf, names[i], &section) &&
		    ct_pclntab_plausible(section.bytes)) {
			*table = (struct located){ section.bytes, section.addr };
			return true;
		}
	return false;
}

/* Without section headers (or after a strip that broke them) its magic number is left. */
static bool find_magic(struct ct_elf *elf, struct located *table)
{
	for (size_t i = 0; i < elf->n_phdrs; i++) {
		const GElf_Phdr *p = &elf->phdrs[i];
		struct ct_bytes bytes;

		if (p->p_type != PT_LOAD || (p->p_flags & PF_X))
			continue;
		bytes = ct_elf_range(elf, p->p_vaddr, p->p_filesz);
		for (size_t at = 0; at < bytes.len; at += 8) {
			struct ct_bytes rest = ct_bytes_from(bytes, at);

			if (ct_pclntab_plausible(rest)) {
				*table = (struct located){ rest, p->p_vaddr + at };
				return true;
			}
		}
	}
	return false;
}

static bool find_table(struct ct_elf *elf, struct located *table)
{
	if (find_section(elf, table))
		return true;
	return ct_elf_note(elf, "Go", GO_BUILD_ID).data && find_magic(elf, table);
}

/* The relocations of a position-independent program: its pointers are zeros in the file.
 */
struct relocs {
	struct ct_bytes bytes;
};

static bool next_reloc(struct relocs relocs, size_t i, Elf64_Rela *rela)
{
	if (!ct_bytes_has(relocs.bytes, i * sizeof(*rela), sizeof(*rela)))
		return false;
	memcpy(rela, relocs.bytes.data + i * sizeof(*rela), sizeof(*rela));
	return true;
}

static bool open_relocs(struct ct_elf *elf, struct relocs *relocs)
{
	struct ct_section section;

	/* the C linker's name, and that of Go's own linker */
	if (!ct_elf_section(elf, ".rela.dyn", &section) &&
	    !ct_elf_section(elf, ".rela", &section))
		return false;
	relocs->bytes = section.bytes;
	return true;
}

static uint64_t pointer_at(struct relocs relocs, uint64_t addr)
{
	Elf64_Rela rela;

	for (size_t i = 0; next_reloc(relocs, i, &rela); i++)
		if (rela.r_offset == addr &&
		    ELF64_R_TYPE(rela.r_info) == CT_MACHINE_RELATIVE)
			return (uint64_t)rela.r_addend;
	return 0;
}

static uint64_t pointer_to(struct relocs relocs, uint64_t target)
{
	Elf64_Rela rela;

	for (size_t i = 0; next_reloc(relocs, i, &rela); i++)
		if ((uint64_t)rela.r_addend == target &&
		    ELF64_R_TYPE(rela.r_info) == CT_MACHINE_RELATIVE)
			return rela.r_offset;
	return 0;
}

/*
 * runtime.moduledata begins with a pointer to the table. Its layout up to `text` has been
 * the same since Go 1.16: six slices and three words come between.
 */
#define MODULE_TEXT (22 * sizeof(uint64_t))

static uint64_t text_from_module(struct ct_elf *elf, const struct located *table)
{
	for (size_t i = 0; i < elf->n_phdrs; i++) {
		const GElf_Phdr *p = &elf->phdrs[i];
		uint64_t word, names, text;
		struct ct_bytes data;

		if (p->p_type != PT_LOAD || !(p->p_flags & PF_W))
			continue;
		data = ct_elf_range(elf, p->p_vaddr, p->p_filesz);
		for (size_t at = 0; ct_bytes_uint(data, at + MODULE_TEXT, 8, &text);
		     at += 8)
			if (ct_bytes_uint(data, at, 8, &word) && word == table->addr &&
			    ct_bytes_uint(data, at + 8, 8, &names) &&
			    names - table->addr < table->bytes.len)
				return text;
	}
	return 0;
}

static uint64_t text_from_relocated_module(struct ct_elf *elf,
					   const struct located *table)
{
	struct relocs relocs;
	uint64_t module;

	if (!open_relocs(elf, &relocs))
		return 0;
	module = pointer_to(relocs, table->addr);
	return module ? pointer_at(relocs, module + MODULE_TEXT) : 0;
}

static uint64_t text_from_header(struct ct_elf *elf, const struct located *table)
{
	(void)elf;
	return ct_pclntab_text(table->bytes);
}

static uint64_t text_from_relocated_header(struct ct_elf *elf,
					   const struct located *table)
{
	uint64_t offset = ct_pclntab_text_offset(table->bytes);
	struct relocs relocs;

	if (!offset || !open_relocs(elf, &relocs))
		return 0;
	return pointer_at(relocs, table->addr + offset);
}

static uint64_t text_from_symbol(struct ct_elf *elf, const struct located *table)
{
	uint64_t addr;

	(void)table;
	return ct_symtab_address(elf, "runtime.text", &addr) ? addr : 0;
}

/*
 * Not the address of .text: with cgo the C start-up code comes first (0x860 bytes in
 * Debian's podman). From Go 1.26 on the header says 0.
 */
static bool find_text(struct ct_elf *elf, const struct located *table, uint64_t *text)
{
	static uint64_t (*const sources[])(struct ct_elf *, const struct located *) = {
		text_from_header, text_from_relocated_header, text_from_symbol,
		text_from_module, text_from_relocated_module,
	};

	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		const GElf_Phdr *load;

		*text = sources[i](elf, table);
		load = *text ? ct_elf_load_at(elf, *text) : NULL;
		if (load && (load->p_flags & PF_X))
			return true;
	}
	return false;
}

bool ct_golang_open(struct ct_elf *elf, struct ct_pclntab *tab)
{
	struct located table;
	uint64_t text = 0;

	if (!find_table(elf, &table))
		return false;
	if (ct_pclntab_text_offset(table.bytes) && !find_text(elf, &table, &text))
		return false;
	return ct_pclntab_init(tab, table.bytes, text);
}
