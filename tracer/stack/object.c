/* SPDX-License-Identifier: MIT */
/* One ELF file: the sources of its symbols in their order, and a cache of the answers. */
#include "object.h"

#include "golang.h"

#include "alloc.h"
#include "cttrace/strbuf.h"

#include <stdlib.h>

/*
 * Programs enter the kernel from few places, so a small table with one slot for each hash
 * answers nearly every question; a stack walk asks twice about each frame.
 */
#define CACHE_SLOTS 1024

struct slot {
	uint64_t addr;
	char *source; /* owned, or NULL */
	struct ct_place place;
	bool used;
};

struct ct_object {
	char *path;
	struct ct_elf *elf;   /* NULL: not an ELF file */
	struct ct_elf *debug; /* where the symbols came from, if not from elf */
	struct ct_cfi cfi;
	struct ct_pclntab go;
	bool has_go;
	struct ct_symtab symbols;
	struct slot *cache; /* CACHE_SLOTS of them, from the first question on */
};

/*
 * The first source that has names wins, because it has them all; but the packed symbols
 * leave out those of .dynsym.
 */
static void read_symbols(struct ct_object *object, const struct ct_debuginfo_place *place)
{
	struct ct_symtab *symbols = &object->symbols;

	if (ct_symtab_add(symbols, object->elf, ".symtab"))
		return;
	object->debug = ct_debuginfo_by_build_id(object->elf, symbols);
	if (!object->debug && place)
		object->debug = ct_debuginfo_by_link(object->elf, place, symbols);
	if (object->debug)
		return;
	object->debug = ct_debuginfo_packed(object->elf, symbols);
	ct_symtab_add(symbols, object->elf, ".dynsym");
}

static struct ct_object *load(struct ct_elf *elf, const struct ct_debuginfo_place *place)
{
	struct ct_object *object = ct_alloc(sizeof(*object));

	object->path = ct_strdup(place ? place->path : "");
	object->elf = elf;
	if (!elf)
		return object;
	ct_cfi_open(&object->cfi, elf);
	object->has_go = ct_golang_open(elf, &object->go);
	read_symbols(object, place);
	return object;
}

struct ct_object *ct_object_open(int fd, const struct ct_debuginfo_place *place)
{
	struct ct_object *object = load(ct_elf_open(fd), place);

	if (object->elf)
		ct_elf_detach(object->elf);
	return object;
}

struct ct_object *ct_object_memory(const void *image, size_t len)
{
	return load(ct_elf_memory(image, len), NULL);
}

void ct_object_free(struct ct_object *object)
{
	if (!object)
		return;
	for (size_t i = 0; object->cache && i < CACHE_SLOTS; i++)
		free(object->cache[i].source);
	free(object->cache);
	ct_cfi_release(&object->cfi);
	ct_symtab_release(&object->symbols);
	ct_elf_free(object->debug);
	ct_elf_free(object->elf);
	free(object->path);
	free(object);
}

const char *ct_object_path(const struct ct_object *object)
{
	return object->path;
}

size_t ct_object_size(const struct ct_object *object)
{
	size_t size = sizeof(*object) + CACHE_SLOTS * sizeof(*object->cache) +
		      ct_symtab_size(&object->symbols);

	if (object->elf)
		size += object->elf->held;
	if (object->debug)
		size += object->debug->held;
	return size;
}

const struct ct_cfi *ct_object_cfi(struct ct_object *object)
{
	ct_cfi_index(&object->cfi); /* only for objects that are met on a stack */
	return &object->cfi;
}

/* Segments are mapped in whole pages, so one page of the file may belong to two of them:
 * the executable one is meant. */
uint64_t ct_object_bias(const struct ct_object *object, uint64_t start, uint64_t offset)
{
	const uint64_t page = 4096;

	for (size_t i = 0; object->elf && i < object->elf->n_phdrs; i++) {
		const GElf_Phdr *p = &object->elf->phdrs[i];
		uint64_t first = p->p_offset & ~(page - 1);

		if (p->p_type == PT_LOAD && (p->p_flags & PF_X) && offset >= first &&
		    offset - first < p->p_filesz + (p->p_offset - first))
			return start - (p->p_vaddr + (offset - p->p_offset));
	}
	return start - offset;
}

static bool place_by_go(const struct ct_object *object, uint64_t addr, struct slot *slot)
{
	struct ct_go_function fn;
	const char *file;
	unsigned int line;

	if (!object->has_go || !ct_pclntab_find(&object->go, addr, &fn))
		return false;
	slot->place.symbol = fn.name;
	slot->place.start = fn.start;
	slot->place.is_go = true;
	slot->place.frame = ct_pclntab_frame(&object->go, &fn, addr);
	if (ct_pclntab_line(&object->go, &fn, addr, &file, &line)) {
		struct ct_strbuf source = CT_STRBUF_INIT;

		ct_strbuf_addf(&source, "%s:%u", file, line);
		slot->source = ct_strbuf_steal(&source);
		slot->place.source = slot->source;
	}
	return true;
}

static bool place_by_symbol(struct ct_object *object, uint64_t addr, struct slot *slot)
{
	struct ct_symbol symbol;

	if (!ct_symtab_find(&object->symbols, addr, &symbol))
		return false;
	slot->place.symbol = symbol.name;
	slot->place.start = symbol.start;
	return true;
}

static void fill(struct ct_object *object, uint64_t addr, struct slot *slot)
{
	free(slot->source);
	*slot = (struct slot){
		.addr = addr,
		.used = true,
		.place = { .symbol = "", .source = "", .frame = -1 },
	};
	if (!place_by_go(object, addr, slot))
		place_by_symbol(object, addr, slot);
}

const struct ct_place *ct_object_place(struct ct_object *object, uint64_t addr)
{
	struct slot *slot;

	if (!object->cache)
		object->cache = ct_alloc(CACHE_SLOTS * sizeof(*object->cache));
	slot = &object->cache[(addr ^ addr >> 10) % CACHE_SLOTS];
	if (!slot->used || slot->addr != addr)
		fill(object, addr, slot);
	return &slot->place;
}
