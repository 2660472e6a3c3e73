/* SPDX-License-Identifier: MIT */
/* PT_DYNAMIC is read as the loader reads it: by addresses, without sections. */
#include "needs.h"

#define STRINGS_MAX ((uint64_t)16 << 20)

static const GElf_Phdr *header_of(const struct ct_elf *elf, uint32_t type)
{
	for (size_t i = 0; i < elf->n_phdrs; i++)
		if (elf->phdrs[i].p_type == type)
			return &elf->phdrs[i];
	return NULL;
}

struct dynamic {
	struct ct_bytes entries, strings;
	struct ct_arena *arena;
};

static bool take_entry(const struct dynamic *d, uint64_t *at, uint64_t *tag,
		       uint64_t *value)
{
	return ct_bytes_take(d->entries, at, 8, tag) &&
	       ct_bytes_take(d->entries, at, 8, value) && *tag != DT_NULL;
}

static void find_strings(struct dynamic *d, struct ct_elf *elf)
{
	uint64_t at = 0, tag, value, addr = 0, size = 0;

	while (take_entry(d, &at, &tag, &value)) {
		if (tag == DT_STRTAB)
			addr = value;
		else if (tag == DT_STRSZ)
			size = value;
	}
	if (size && size <= STRINGS_MAX)
		d->strings = ct_elf_range(elf, addr, size);
}

static const char *string(const struct dynamic *d, uint64_t offset)
{
	const char *text = ct_bytes_str(d->strings, offset);

	return text && *text ? ct_arena_strdup(d->arena, text) : NULL;
}

static void take(struct ct_needs *needs, const struct dynamic *d, uint64_t tag,
		 uint64_t value)
{
	const char *text = tag == DT_NEEDED || tag == DT_SONAME || tag == DT_RPATH ||
					   tag == DT_RUNPATH
				   ? string(d, value)
				   : NULL;

	if (tag == DT_FLAGS_1)
		needs->no_default = value & DF_1_NODEFLIB;
	if (!text)
		return;
	if (tag == DT_SONAME)
		needs->soname = text;
	else if (tag == DT_RPATH)
		needs->rpath = text;
	else if (tag == DT_RUNPATH)
		needs->runpath = text;
	else if (needs->n_needed < CT_NEEDED_MAX)
		needs->needed[needs->n_needed++] = text;
}

void ct_needs_read(struct ct_needs *needs, struct ct_elf *elf, struct ct_arena *arena)
{
	const GElf_Phdr *interp = header_of(elf, PT_INTERP);
	const GElf_Phdr *header = header_of(elf, PT_DYNAMIC);
	struct dynamic d = { .arena = arena };
	uint64_t at = 0, tag, value;
	struct ct_bytes name;

	*needs = (struct ct_needs){ 0 };
	if (interp) {
		name = ct_elf_range(elf, interp->p_vaddr, interp->p_filesz);
		if (name.data)
			needs->interpreter = ct_arena_strndup(
				arena, (const char *)name.data, name.len);
	}
	if (!header)
		return;
	d.entries = ct_elf_range(elf, header->p_vaddr, header->p_filesz);
	find_strings(&d, elf);
	while (take_entry(&d, &at, &tag, &value))
		take(needs, &d, tag, value);
}
