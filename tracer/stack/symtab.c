/* SPDX-License-Identifier: MIT */
/* Symbol tables: collected once, sorted at the first question, then searched by halves.
 */
#include "symtab.h"

#include "alloc.h"

#include <stdlib.h>

struct symbol {
	struct ct_symbol sym;
	uint64_t reach; /* the largest end of this and all symbols before it */
	unsigned char bind;
};

/* Functions inside functions are rare; a hostile table may nest thousands. */
#define MAX_NESTING 64

/* A symbol table and the names it points into. */
struct source {
	struct ct_bytes entries, names;
};

static bool open_source(struct ct_elf *elf, const char *section, struct source *src)
{
	struct ct_section table, names;

	if (!ct_elf_section(elf, section, &table) ||
	    (table.type != SHT_SYMTAB && table.type != SHT_DYNSYM) ||
	    !ct_elf_section_nr(elf, table.link, &names))
		return false;
	/* With a NUL at the very end, every offset inside is the start of a string. */
	if (names.bytes.data[names.bytes.len - 1])
		return false;
	src->entries = table.bytes;
	src->names = names.bytes;
	return true;
}

/* Entry number `i`, and its name; false after the last one. */
static bool entry(const struct source *src, size_t i, Elf64_Sym *sym, const char **name)
{
	if (!ct_bytes_has(src->entries, i * sizeof(*sym), sizeof(*sym)))
		return false;
	memcpy(sym, src->entries.data + i * sizeof(*sym), sizeof(*sym));
	*name = sym->st_name < src->names.len
			? (const char *)src->names.data + sym->st_name
			: "";
	return true;
}

/* Assembler functions often come without a type, but with a size. */
static bool is_function(const Elf64_Sym *sym)
{
	int type = ELF64_ST_TYPE(sym->st_info);

	return (type == STT_FUNC || type == STT_GNU_IFUNC || type == STT_NOTYPE) &&
	       sym->st_shndx != SHN_UNDEF && sym->st_size &&
	       sym->st_value + sym->st_size > sym->st_value;
}

bool ct_symtab_add(struct ct_symtab *tab, struct ct_elf *elf, const char *section)
{
	struct source src;
	const char *name;
	Elf64_Sym sym;

	if (!open_source(elf, section, &src))
		return false;
	for (size_t i = 0; entry(&src, i, &sym, &name); i++) {
		struct symbol *s;

		if (!is_function(&sym) || !*name)
			continue;
		s = ct_push(tab->symbols, tab->n_symbols, tab->cap);
		s->sym.start = sym.st_value;
		s->sym.end = sym.st_value + sym.st_size;
		s->sym.name = name;
		s->bind = ELF64_ST_BIND(sym.st_info);
	}
	tab->sorted = false;
	return true;
}

bool ct_symtab_address(struct ct_elf *elf, const char *name, uint64_t *addr)
{
	const char *its_name;
	struct source src;
	Elf64_Sym sym;

	if (!open_source(elf, ".symtab", &src))
		return false;
	for (size_t i = 0; entry(&src, i, &sym, &its_name); i++)
		if (sym.st_shndx != SHN_UNDEF && !strcmp(its_name, name)) {
			*addr = sym.st_value;
			return true;
		}
	return false;
}

static size_t underscores(const char *name)
{
	return strspn(name, "_");
}

static int compare_ints(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* Exported names before local ones: mount, not __mount or __GI___mount. */
static int bind_rank(unsigned char bind)
{
	return bind == STB_GLOBAL ? 0 : bind == STB_WEAK ? 1 : 2;
}

/* By address; of several names for one address the one that people use comes first. */
static int compare(const void *one, const void *other)
{
	const struct symbol *a = one, *b = other;
	int by = compare_ints(a->sym.start, b->sym.start);

	if (!by)
		by = compare_ints(underscores(a->sym.name), underscores(b->sym.name));
	if (!by)
		by = bind_rank(a->bind) - bind_rank(b->bind);
	return by ? by : strcmp(a->sym.name, b->sym.name);
}

static void sort(struct ct_symtab *tab)
{
	uint64_t reach = 0;
	size_t kept = 0;

	if (tab->sorted || !tab->n_symbols)
		return;
	qsort(tab->symbols, tab->n_symbols, sizeof(*tab->symbols), compare);
	for (size_t i = 0; i < tab->n_symbols; i++) {
		struct symbol s = tab->symbols[i];

		if (kept && tab->symbols[kept - 1].sym.start == s.sym.start)
			continue;
		if (reach < s.sym.end)
			reach = s.sym.end;
		s.reach = reach;
		tab->symbols[kept++] = s;
	}
	tab->n_symbols = kept;
	tab->sorted = true;
}

/* How many symbols start at or before this address. */
static size_t count_before(const struct ct_symtab *tab, uint64_t addr)
{
	size_t low = 0, high = tab->n_symbols;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (tab->symbols[mid].sym.start <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool ct_symtab_find(struct ct_symtab *tab, uint64_t addr, struct ct_symbol *found)
{
	size_t i;

	sort(tab);
	i = count_before(tab, addr);
	for (int tries = 0; i && tries < MAX_NESTING; tries++) {
		const struct symbol *s = &tab->symbols[--i];

		if (addr < s->sym.end) {
			*found = s->sym;
			return true;
		}
		if (addr >= s->reach)
			return false;
	}
	return false;
}

size_t ct_symtab_size(const struct ct_symtab *tab)
{
	return tab->cap * sizeof(*tab->symbols);
}

void ct_symtab_release(struct ct_symtab *tab)
{
	free(tab->symbols);
	*tab = (struct ct_symtab){ NULL, 0, 0, false };
}
