/* SPDX-License-Identifier: MIT */
/* .gopclntab of Go 1.2 to today: golang.org/s/go12symtab and runtime/symtab.go. */
#include "pclntab.h"

/* A header begins with the magic number, two zeros, the quantum and the pointer size. */
#define HEADER_WORDS 8
#define POINTER      8

/* Words of the header that follows: which one holds what. 0 is always the count. */
enum { NONE = -1 };

/* One row for each format; offsets of parts are pointer-sized words of the header. */
struct pclntab_layout {
	uint32_t magic;
	unsigned int entry; /* bytes of an address or offset in the index */
	int text;           /* runtime.text, that entries are relative to */
	int names, units, files, pcs, functions;
};

static const struct pclntab_layout layouts[] = {
	/* Go 1.2: every offset is from the table's beginning */
	{ 0xfffffffb, 8, NONE, NONE, NONE, NONE, NONE, NONE },
	{ 0xfffffffa, 8, NONE, 2, 3, 4, 5, 6 }, /* 1.16 */
	{ 0xfffffff0, 4, 2, 3, 4, 5, 6, 7 },    /* 1.18 */
	{ 0xfffffff1, 4, 2, 3, 4, 5, 6, 7 },    /* 1.20 */
};

/* Fields of a _func after its entry, as 32-bit words. */
enum { FUNC_NAME = 0, FUNC_PCSP = 3, FUNC_PCFILE = 4, FUNC_PCLN = 5, FUNC_UNIT = 7 };

/* A table of one function that goes on for longer is made to keep us busy. */
#define MAX_STEPS 65536

static const struct pclntab_layout *find_layout(struct ct_bytes table)
{
	uint64_t magic, zeros, quantum, pointer;

	if (!ct_bytes_uint(table, 0, 4, &magic) || !ct_bytes_uint(table, 4, 2, &zeros) ||
	    !ct_bytes_uint(table, 6, 1, &quantum) ||
	    !ct_bytes_uint(table, 7, 1, &pointer) || zeros || pointer != POINTER ||
	    (quantum != 1 && quantum != 2 && quantum != 4))
		return NULL;
	for (size_t i = 0; i < sizeof(layouts) / sizeof(*layouts); i++)
		if (layouts[i].magic == magic)
			return &layouts[i];
	return NULL;
}

static uint64_t header_word(struct ct_bytes table, int word)
{
	uint64_t value = 0;

	ct_bytes_uint(table, HEADER_WORDS + (uint64_t)word * POINTER, POINTER, &value);
	return value;
}

bool ct_pclntab_plausible(struct ct_bytes table)
{
	return find_layout(table) != NULL;
}

uint64_t ct_pclntab_text_offset(struct ct_bytes table)
{
	const struct pclntab_layout *layout = find_layout(table);

	if (!layout || layout->text == NONE)
		return 0;
	return HEADER_WORDS + (uint64_t)layout->text * POINTER;
}

uint64_t ct_pclntab_text(struct ct_bytes table)
{
	uint64_t text = 0, at = ct_pclntab_text_offset(table);

	if (at)
		ct_bytes_uint(table, at, POINTER, &text);
	return text;
}

static struct ct_bytes part(struct ct_bytes table, int word)
{
	return word == NONE ? table : ct_bytes_from(table, header_word(table, word));
}

/* Go 1.2 to 1.15: the names of files follow the index, which follows the header. */
static void init_oldest(struct ct_pclntab *tab, struct ct_bytes table)
{
	uint64_t files = 0;

	tab->index = ct_bytes_from(table, HEADER_WORDS + POINTER);
	ct_bytes_uint(tab->index, tab->n_functions * 2 * POINTER + POINTER, 4, &files);
	tab->units = ct_bytes_from(table, files);
}

bool ct_pclntab_init(struct ct_pclntab *tab, struct ct_bytes table, uint64_t text)
{
	const struct pclntab_layout *layout = find_layout(table);

	if (!layout)
		return false;
	*tab = (struct ct_pclntab){
		.layout = layout,
		.text = layout->text == NONE ? 0 : text,
		.n_functions = header_word(table, 0),
		.names = part(table, layout->names),
		.units = part(table, layout->units),
		.files = part(table, layout->files),
		.pcs = part(table, layout->pcs),
		.index = part(table, layout->functions),
		.functions = part(table, layout->functions),
		.quantum = table.data[6],
	};
	if (tab->n_functions > table.len / (2UL * layout->entry))
		return false;
	if (layout->functions == NONE)
		init_oldest(tab, table);
	/* one more entry than functions: the end of the last one */
	return ct_bytes_has(tab->index, 0, (tab->n_functions * 2 + 1) * layout->entry);
}

/* Where function number i begins; n_functions: where the last one ends. */
static uint64_t entry(const struct ct_pclntab *tab, uint64_t i)
{
	uint64_t value = 0;

	ct_bytes_uint(tab->index, i * 2 * tab->layout->entry, tab->layout->entry, &value);
	return tab->text + value;
}

/* How many functions begin at or before pc. */
static uint64_t count_before(const struct ct_pclntab *tab, uint64_t pc)
{
	uint64_t low = 0, high = tab->n_functions;

	while (low < high) {
		uint64_t mid = low + (high - low) / 2;

		if (entry(tab, mid) <= pc)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool field(const struct ct_pclntab *tab, const struct ct_go_function *fn, int nr,
		  uint64_t *value)
{
	return ct_bytes_uint(tab->functions, fn->fields + (uint64_t)nr * 4, 4, value);
}

bool ct_pclntab_find(const struct ct_pclntab *tab, uint64_t pc, struct ct_go_function *fn)
{
	uint64_t n = count_before(tab, pc), offset, name;
	unsigned int width = tab->layout->entry;

	if (!n)
		return false;
	fn->start = entry(tab, n - 1);
	fn->end = entry(tab, n);
	if (pc >= fn->end ||
	    !ct_bytes_uint(tab->index, ((n - 1) * 2 + 1) * width, width, &offset) ||
	    offset > tab->functions.len)
		return false;
	fn->fields = offset + width;
	if (!field(tab, fn, FUNC_NAME, &name))
		return false;
	fn->name = ct_bytes_str(tab->names, name);
	return fn->name && *fn->name;
}

/*
 * The value at pc in one of the function's tables: pairs of differences, of the value
 * (sign in the lowest bit) and of the program counter up to which it holds.
 */
static bool value_at(const struct ct_pclntab *tab, const struct ct_go_function *fn,
		     int nr, uint64_t pc, uint32_t *value)
{
	uint64_t at, delta, length, upto = fn->start;

	if (!field(tab, fn, nr, &at) || !at) /* offset 0: it has no such table */
		return false;
	*value = (uint32_t)-1;
	for (int step = 0; step < MAX_STEPS; step++) {
		if (!ct_bytes_take_leb(tab->pcs, &at, &delta) || (!delta && step) ||
		    !ct_bytes_take_leb(tab->pcs, &at, &length))
			return false;
		*value += (uint32_t)(delta & 1 ? ~(delta >> 1) : delta >> 1);
		upto += length * tab->quantum;
		if (pc < upto)
			return true;
	}
	return false;
}

/* Numbers of files count from the function's compilation unit, since Go 1.16. */
static const char *file_name(const struct ct_pclntab *tab,
			     const struct ct_go_function *fn, uint32_t nr)
{
	uint64_t unit = 0, offset;

	if (tab->layout->units != NONE && !field(tab, fn, FUNC_UNIT, &unit))
		return NULL;
	if (!ct_bytes_uint(tab->units, (unit + nr) * 4, 4, &offset))
		return NULL;
	return ct_bytes_str(tab->files, offset);
}

bool ct_pclntab_line(const struct ct_pclntab *tab, const struct ct_go_function *fn,
		     uint64_t pc, const char **file, unsigned int *line)
{
	uint32_t file_nr, line_nr;

	if (!value_at(tab, fn, FUNC_PCFILE, pc, &file_nr) ||
	    !value_at(tab, fn, FUNC_PCLN, pc, &line_nr))
		return false;
	*file = file_name(tab, fn, file_nr);
	*line = line_nr;
	return *file != NULL;
}

int64_t ct_pclntab_frame(const struct ct_pclntab *tab, const struct ct_go_function *fn,
			 uint64_t pc)
{
	uint32_t size;

	if (!value_at(tab, fn, FUNC_PCSP, pc, &size) || size > INT32_MAX)
		return -1;
	return size;
}
