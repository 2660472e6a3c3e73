/* SPDX-License-Identifier: MIT */
/* Reading parts of an ELF file through libelf, within limits that the file cannot move.
 */
#include "elffile.h"

#include "alloc.h"
#include "machine.h"

#include <stdlib.h>
#include <unistd.h>

/* No program has more; libelf allocates for as many as the header claims. */
#define MAX_PHDRS 64

/*
 * libelf believes a file with extended numbering that it has a billion sections, and
 * allocates them. Only object files use that, so it is refused before libelf looks.
 */
static bool header_is_sane(const Elf64_Ehdr *h)
{
	if (memcmp(h->e_ident, ELFMAG, SELFMAG) != 0 ||
	    h->e_ident[EI_CLASS] != ELFCLASS64 || h->e_ident[EI_DATA] != ELFDATA2LSB ||
	    h->e_machine != CT_MACHINE_ELF)
		return false;
	if (h->e_type != ET_EXEC && h->e_type != ET_DYN)
		return false;
	if (h->e_phnum > MAX_PHDRS || h->e_shstrndx >= SHN_LORESERVE)
		return false;
	return !h->e_shoff || h->e_shnum;
}

static void read_phdrs(struct ct_elf *elf)
{
	size_t n = 0;

	if (elf_getphdrnum(elf->handle, &n) || n > MAX_PHDRS)
		return;
	elf->phdrs = ct_alloc((n + 1) * sizeof(*elf->phdrs));
	while (elf->n_phdrs < n &&
	       gelf_getphdr(elf->handle, (int)elf->n_phdrs, &elf->phdrs[elf->n_phdrs]))
		elf->n_phdrs++;
}

static struct ct_elf *wrap(Elf *handle)
{
	struct ct_elf *elf;

	if (!handle)
		return NULL;
	if (elf_kind(handle) != ELF_K_ELF) {
		elf_end(handle);
		return NULL;
	}
	elf = ct_alloc(sizeof(*elf));
	elf->handle = handle;
	read_phdrs(elf);
	return elf;
}

struct ct_elf *ct_elf_open(int fd)
{
	Elf64_Ehdr header;

	elf_version(EV_CURRENT);
	if (pread(fd, &header, sizeof(header), 0) != sizeof(header) ||
	    !header_is_sane(&header))
		return NULL;
	return wrap(elf_begin(fd, ELF_C_READ, NULL));
}

struct ct_elf *ct_elf_memory(const void *bytes, size_t len)
{
	Elf64_Ehdr header;

	elf_version(EV_CURRENT);
	if (len < sizeof(header))
		return NULL;
	memcpy(&header, bytes, sizeof(header));
	if (!header_is_sane(&header))
		return NULL;
	return wrap(elf_memory((char *)bytes, len)); /* it only reads */
}

struct ct_elf *ct_elf_take(void *bytes, size_t len)
{
	struct ct_elf *elf = ct_elf_memory(bytes, len);

	if (elf)
		elf->image = bytes;
	else
		free(bytes);
	return elf;
}

void ct_elf_detach(struct ct_elf *elf)
{
	elf_cntl(elf->handle, ELF_C_FDDONE);
}

void ct_elf_free(struct ct_elf *elf)
{
	if (!elf)
		return;
	elf_end(elf->handle);
	free(elf->image);
	free(elf->phdrs);
	free(elf);
}

/* May a part of this size still be read? */
static bool admit(struct ct_elf *elf, uint64_t size)
{
	if (!size || size > CT_ELF_PART_MAX || size > CT_ELF_TOTAL_MAX - elf->held)
		return false;
	elf->held += size;
	return true;
}

static bool read_section(struct ct_elf *elf, Elf_Scn *scn, struct ct_section *section)
{
	Elf_Data *data;
	GElf_Shdr shdr;

	if (!scn || !gelf_getshdr(scn, &shdr) || shdr.sh_type == SHT_NOBITS ||
	    (shdr.sh_flags & SHF_COMPRESSED) || !admit(elf, shdr.sh_size))
		return false;
	data = elf_rawdata(scn, NULL);
	if (!data || !data->d_buf)
		return false;
	section->addr = shdr.sh_addr;
	section->type = shdr.sh_type;
	section->link = shdr.sh_link;
	section->bytes = (struct ct_bytes){ data->d_buf, data->d_size };
	return true;
}

bool ct_elf_section_nr(struct ct_elf *elf, size_t nr, struct ct_section *section)
{
	return read_section(elf, elf_getscn(elf->handle, nr), section);
}

/* The table of section names, which every search by name needs. */
static struct ct_bytes section_names(struct ct_elf *elf)
{
	const struct ct_bytes none = { NULL, 0 };
	struct ct_section names;
	size_t nr;

	if (elf_getshdrstrndx(elf->handle, &nr) || !nr)
		return none;
	return ct_elf_section_nr(elf, nr, &names) ? names.bytes : none;
}

bool ct_elf_section(struct ct_elf *elf, const char *name, struct ct_section *section)
{
	struct ct_bytes names = section_names(elf);
	Elf_Scn *scn = NULL;

	elf->held -= names.len; /* read again by every search, but held once */
	while ((scn = elf_nextscn(elf->handle, scn))) {
		GElf_Shdr shdr;
		const char *its_name;

		if (!gelf_getshdr(scn, &shdr))
			return false;
		its_name = ct_bytes_str(names, shdr.sh_name);
		if (its_name && !strcmp(its_name, name))
			return read_section(elf, scn, section);
	}
	return false;
}

const GElf_Phdr *ct_elf_load_at(const struct ct_elf *elf, uint64_t addr)
{
	for (size_t i = 0; i < elf->n_phdrs; i++) {
		const GElf_Phdr *p = &elf->phdrs[i];

		if (p->p_type == PT_LOAD && addr >= p->p_vaddr &&
		    addr - p->p_vaddr < p->p_filesz)
			return p;
	}
	return NULL;
}

static struct ct_bytes read_chunk(struct ct_elf *elf, uint64_t offset, uint64_t len)
{
	const struct ct_bytes none = { NULL, 0 };
	Elf_Data *data;

	if (offset > INT64_MAX || !admit(elf, len))
		return none;
	data = elf_getdata_rawchunk(elf->handle, (int64_t)offset, len, ELF_T_BYTE);
	if (!data || !data->d_buf || data->d_size != len)
		return none;
	return (struct ct_bytes){ data->d_buf, data->d_size };
}

struct ct_bytes ct_elf_range(struct ct_elf *elf, uint64_t addr, uint64_t len)
{
	const GElf_Phdr *load = ct_elf_load_at(elf, addr);

	if (!load || len > load->p_filesz - (addr - load->p_vaddr))
		return (struct ct_bytes){ NULL, 0 };
	return read_chunk(elf, load->p_offset + (addr - load->p_vaddr), len);
}

/* One note: three words, the owner's name and the payload, each padded to four. */
static struct ct_bytes find_note(struct ct_bytes notes, const char *owner, uint32_t type)
{
	uint64_t name_len, len, its_type, at = 0;

	while (ct_bytes_uint(notes, at, 4, &name_len) &&
	       ct_bytes_uint(notes, at + 4, 4, &len) &&
	       ct_bytes_uint(notes, at + 8, 4, &its_type)) {
		uint64_t name = at + 12, payload = name + ((name_len + 3) & ~3ULL);

		if (!ct_bytes_has(notes, payload, len))
			break;
		/* some count the padding to the name: "Go\0\0" */
		if (its_type == type && name_len > strlen(owner) &&
		    !memcmp(notes.data + name, owner, strlen(owner) + 1))
			return (struct ct_bytes){ notes.data + payload, len };
		at = payload + ((len + 3) & ~3ULL);
	}
	return (struct ct_bytes){ NULL, 0 };
}

struct ct_bytes ct_elf_note(struct ct_elf *elf, const char *owner, uint32_t type)
{
	struct ct_bytes found = { NULL, 0 };

	for (size_t i = 0; i < elf->n_phdrs && !found.data; i++) {
		const GElf_Phdr *p = &elf->phdrs[i];

		if (p->p_type == PT_NOTE)
			found = find_note(read_chunk(elf, p->p_offset, p->p_filesz),
					  owner, type);
	}
	return found;
}
