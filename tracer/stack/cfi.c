/* SPDX-License-Identifier: MIT */
/* Walks .eh_frame record by record: LSB core specification, "Exception Frames". */
#include "cfi.h"

#include "alloc.h"

#include <stdlib.h>

#define NO_ENCODING 0xff

/* A description of a function that is longer was not made by a compiler. */
#define MAX_RECORD 16384
#define MAX_COMMON 128

/* What the functions of one compilation unit have in common (CIE). */
struct common {
	uint64_t at; /* its record */
	bool known, usable;
	bool has_augmentation; /* 'z': functions have a block of data to skip */
	unsigned int encoding; /* of addresses in the functions' records */
};

/* One record: [body, end) is what follows its length. */
struct record {
	uint64_t at, body, end;
};

static const GElf_Phdr *eh_frame_segment(const struct ct_elf *elf)
{
	for (size_t i = 0; i < elf->n_phdrs; i++)
		if (elf->phdrs[i].p_type == PT_GNU_EH_FRAME)
			return &elf->phdrs[i];
	return NULL;
}

/* Without section headers, the linker's index tells where the table begins. */
static bool open_by_segment(struct ct_cfi *cfi, struct ct_elf *elf)
{
	const GElf_Phdr *segment = eh_frame_segment(elf), *load;
	struct ct_bytes header;
	uint64_t form, distance;

	if (!segment)
		return false;
	header = ct_elf_range(elf, segment->p_vaddr, 8);
	/* version 1, and the distance from the pointer itself in four bytes */
	if (!ct_bytes_uint(header, 0, 2, &form) || form != 0x1b01 ||
	    !ct_bytes_uint(header, 4, 4, &distance))
		return false;
	cfi->addr = segment->p_vaddr + 4 + (uint64_t)(int32_t)distance;
	load = ct_elf_load_at(elf, cfi->addr);
	if (load)
		cfi->bytes = ct_elf_range(elf, cfi->addr,
					  load->p_vaddr + load->p_filesz - cfi->addr);
	return cfi->bytes.data != NULL;
}

void ct_cfi_open(struct ct_cfi *cfi, struct ct_elf *elf)
{
	struct ct_section section;

	*cfi = (struct ct_cfi){ .low = UINT64_MAX };
	for (size_t i = 0; i < elf->n_phdrs; i++) {
		const GElf_Phdr *p = &elf->phdrs[i];

		if (p->p_type != PT_LOAD)
			continue;
		cfi->low = p->p_vaddr < cfi->low ? p->p_vaddr : cfi->low;
		if (p->p_vaddr + p->p_memsz > cfi->high)
			cfi->high = p->p_vaddr + p->p_memsz;
	}
	if (ct_elf_section(elf, ".eh_frame", &section)) {
		cfi->addr = section.addr;
		cfi->bytes = section.bytes;
	} else {
		open_by_segment(cfi, elf);
	}
}

static bool next_record(struct ct_bytes bytes, struct record *record, uint64_t at)
{
	uint64_t length;

	record->at = record->body = at;
	/* 0 ends the table; 0xffffffff would begin a 64-bit record, which nobody writes
	 */
	if (!ct_bytes_take(bytes, &record->body, 4, &length) || !length ||
	    length == UINT32_MAX || !ct_bytes_has(bytes, record->body, length))
		return false;
	record->end = record->body + length;
	return true;
}

/* Bytes of an encoded address; 0 for an encoding that does not occur. */
static size_t encoded_size(unsigned int encoding)
{
	static const uint8_t sizes[16] = {
		[0x0] = 8, [0x2] = 2, [0x3] = 4, [0x4] = 8,
		[0xa] = 2, [0xb] = 4, [0xc] = 8,
	};

	return encoding == NO_ENCODING ? 0 : sizes[encoding & 0xf];
}

static bool take_encoded(const struct ct_cfi *cfi, uint64_t *at, unsigned int encoding,
			 uint64_t *value)
{
	uint64_t here = cfi->addr + *at;
	size_t size = encoded_size(encoding);

	if (!size || !ct_bytes_take(cfi->bytes, at, size, value))
		return false;
	if ((encoding & 0x8) && size < 8) { /* signed */
		unsigned int unused = 64 - (unsigned int)size * 8;

		*value = (uint64_t)((int64_t)(*value << unused) >> unused);
	}
	if ((encoding & 0x70) == 0x10) /* relative to itself */
		*value += here;
	return (encoding & ~0x9fU) == 0;
}

/* The letters after 'z', each with its data. */
static bool take_augmentation(const struct ct_cfi *cfi, uint64_t *at, const char *letters,
			      struct common *common)
{
	uint64_t encoding, ignored;

	for (; *letters; letters++) {
		if (*letters == 'S') /* a signal frame */
			continue;
		if (!strchr("RLP", *letters) ||
		    !ct_bytes_take(cfi->bytes, at, 1, &encoding))
			return false;
		if (*letters == 'R')
			common->encoding = (unsigned int)encoding;
		if (*letters == 'P' &&
		    !take_encoded(cfi, at, (unsigned int)encoding, &ignored))
			return false;
	}
	return true;
}

static bool read_common(const struct ct_cfi *cfi, const struct record *record,
			struct common *common)
{
	uint64_t at = record->body + 4, version, ignored, length, end;
	const char *letters;

	*common = (struct common){ .at = record->at, .known = true };
	if (!ct_bytes_take(cfi->bytes, &at, 1, &version) ||
	    (version != 1 && version != 3))
		return false;
	letters = ct_bytes_str(cfi->bytes, at);
	if (!letters)
		return false;
	at += strlen(letters) + 1;
	/* the factors of code and data, and the number of the return address' column */
	for (int i = 0; i < 3; i++)
		if (!ct_bytes_take_leb(cfi->bytes, &at, &ignored))
			return false;
	if (*letters == 'z') {
		if (!ct_bytes_take_leb(cfi->bytes, &at, &length) || length > MAX_RECORD)
			return false;
		end = at + length;
		if (!take_augmentation(cfi, &at, letters + 1, common) || at != end)
			return false;
		common->has_augmentation = true;
	} else if (*letters) {
		return false;
	}
	common->usable = ct_cfi_vet(cfi->bytes, at, record->end);
	return common->usable;
}

static bool find_common(const struct ct_cfi *cfi, uint64_t at, struct common *common)
{
	struct record record;
	uint64_t id;

	if (common->known && common->at == at)
		return common->usable;
	return next_record(cfi->bytes, &record, at) &&
	       record.end - record.at <= MAX_COMMON &&
	       ct_bytes_uint(cfi->bytes, record.body, 4, &id) && !id &&
	       read_common(cfi, &record, common);
}

/* Adds the function, unless something about its record is odd. */
static void add_function(struct ct_cfi *cfi, const struct record *record, uint64_t id,
			 struct common *common)
{
	uint64_t at = record->body + 4, start, size, skip;
	int64_t distance;
	struct ct_cfi_entry *entry;

	if (record->end - record->at > MAX_RECORD ||
	    !find_common(cfi, record->body - id, common) ||
	    !take_encoded(cfi, &at, common->encoding, &start) ||
	    !take_encoded(cfi, &at, common->encoding & 0xf, &size))
		return;
	if (common->has_augmentation) {
		if (!ct_bytes_take_leb(cfi->bytes, &at, &skip) || skip > MAX_RECORD)
			return;
		at += skip;
	}
	distance = (int64_t)(start - cfi->addr);
	if (distance != (int32_t)distance || record->at > INT32_MAX ||
	    !ct_cfi_vet(cfi->bytes, at, record->end))
		return;
	entry = ct_push(cfi->entries, cfi->n_entries, cfi->cap);
	entry->start = (int32_t)distance;
	entry->fde = (int32_t)record->at;
}

static int compare(const void *one, const void *other)
{
	const struct ct_cfi_entry *a = one, *b = other;

	return (a->start > b->start) - (a->start < b->start);
}

void ct_cfi_index(struct ct_cfi *cfi)
{
	struct common common = { .known = false };
	struct record record = { 0, 0, 0 };
	uint64_t id;

	if (cfi->indexed)
		return;
	cfi->indexed = true;
	while (next_record(cfi->bytes, &record, record.end) &&
	       ct_bytes_uint(cfi->bytes, record.body, 4, &id))
		if (id) /* else it is what functions have in common, read when needed */
			add_function(cfi, &record, id, &common);
	if (cfi->n_entries)
		qsort(cfi->entries, cfi->n_entries, sizeof(*cfi->entries), compare);
}

void ct_cfi_release(struct ct_cfi *cfi)
{
	free(cfi->entries);
	cfi->entries = NULL;
	cfi->n_entries = cfi->cap = 0;
}
