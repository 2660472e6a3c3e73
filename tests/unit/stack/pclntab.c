/* SPDX-License-Identifier: MIT */
/* Go's function table, made by hand in each of its four formats. */
#include "pclntab.h"

#include "test.h"

#include <stdlib.h>

#define TEXT 0x401000

/* A table under construction. */
struct table {
	uint8_t bytes[1024];
	size_t len;
};

static void put(struct table *t, size_t at, size_t size, uint64_t value)
{
	CHECK(at + size <= sizeof(t->bytes));
	memcpy(t->bytes + at, &value, size);
	if (t->len < at + size)
		t->len = at + size;
}

static void put_str(struct table *t, size_t at, const char *text)
{
	CHECK(at + strlen(text) < sizeof(t->bytes));
	memcpy(t->bytes + at, text, strlen(text) + 1);
	if (t->len < at + strlen(text) + 1)
		t->len = at + strlen(text) + 1;
}

static void put_bytes(struct table *t, size_t at, const void *bytes, size_t len)
{
	CHECK(at + len <= sizeof(t->bytes));
	memcpy(t->bytes + at, bytes, len);
	if (t->len < at + len)
		t->len = at + len;
}

static void put_header(struct table *t, uint32_t magic)
{
	*t = (struct table){ .len = 0 };
	put(t, 0, 4, magic);
	put(t, 6, 1, 1); /* quantum */
	put(t, 7, 1, 8); /* size of a pointer */
	put(t, 8, 8, 2); /* functions */
}

/* Where the parts are; from 1.16 on the header says it. */
enum { NAMES = 100, UNITS = 200, FILES = 300, PCS = 400, FUNCTIONS = 500 };

/*
 * main.main is 0x20 bytes long: line 10 for 4 bytes and 12 for the rest; 0 bytes of
 * frame, then 0x18. Every pair is a difference (2n, or 2n-1 below zero; it starts at -1)
 * and a length.
 */
static void put_values(struct table *t, size_t pcs)
{
	static const uint8_t frame[] = { 2, 4, 0x30, 0x1c, 0 };
	static const uint8_t file[] = { 4, 0x20, 0 }; /* number 1 */
	static const uint8_t line[] = { 22, 4, 4, 0x1c, 0 };

	put_bytes(t, pcs + 1, frame, sizeof(frame));
	put_bytes(t, pcs + 11, file, sizeof(file));
	put_bytes(t, pcs + 21, line, sizeof(line));
}

/* The fields of a _func that follow its entry: name, …, pcsp, pcfile, pcln, …, unit. */
static void put_function(struct table *t, size_t at, uint32_t name, uint32_t pcs)
{
	put(t, at, 4, name);
	put(t, at + 12, 4, pcs + 1);
	put(t, at + 16, 4, pcs + 11);
	put(t, at + 20, 4, pcs + 21);
	put(t, at + 28, 4, 3); /* its files begin at number 3 of the units */
}

/* From 1.18 on: entries are 32-bit offsets from runtime.text. */
static void make_recent(struct table *t, uint32_t magic, uint64_t text)
{
	static const uint32_t index[] = { 0, 40, 0x20, 100, 0x30 };

	put_header(t, magic);
	put(t, 24, 8, text);
	put(t, 32, 8, NAMES);
	put(t, 40, 8, UNITS);
	put(t, 48, 8, FILES);
	put(t, 56, 8, PCS);
	put(t, 64, 8, FUNCTIONS);
	put_str(t, NAMES, "main.main");
	put_str(t, NAMES + 10, "main.f");
	put(t, UNITS + (3 + 1) * 4, 4, 7);
	put_str(t, FILES + 7, "main.go");
	put_values(t, PCS);
	put_bytes(t, FUNCTIONS, index, sizeof(index));
	put_function(t, FUNCTIONS + 40 + 4, 0, 0);
	put_function(t, FUNCTIONS + 100 + 4, 10, 0);
}

/* 1.16: entries are addresses. */
static void make_1_16(struct table *t)
{
	static const uint64_t index[] = { TEXT, 40, TEXT + 0x20, 100, TEXT + 0x30 };

	put_header(t, 0xfffffffa);
	put(t, 24, 8, NAMES);
	put(t, 32, 8, UNITS);
	put(t, 40, 8, FILES);
	put(t, 48, 8, PCS);
	put(t, 56, 8, FUNCTIONS);
	put_str(t, NAMES, "main.main");
	put_str(t, NAMES + 10, "main.f");
	put(t, UNITS + (3 + 1) * 4, 4, 7);
	put_str(t, FILES + 7, "main.go");
	put_values(t, PCS);
	put_bytes(t, FUNCTIONS, index, sizeof(index));
	put_function(t, FUNCTIONS + 40 + 8, 0, 0);
	put_function(t, FUNCTIONS + 100 + 8, 10, 0);
}

/* 1.2: all offsets are from the beginning, and files are numbered through the program. */
static void make_1_2(struct table *t)
{
	static const uint64_t index[] = { TEXT, 700, TEXT + 0x20, 800, TEXT + 0x30 };

	put_header(t, 0xfffffffb);
	put_bytes(t, 16, index, sizeof(index));
	put(t, 56, 4, UNITS);
	put(t, UNITS + 1 * 4, 4, FILES);
	put_str(t, FILES, "main.go");
	put_str(t, NAMES, "main.main");
	put_str(t, NAMES + 10, "main.f");
	put_values(t, PCS);
	put_function(t, 700 + 8, NAMES, PCS);
	put_function(t, 800 + 8, NAMES + 10, PCS);
}

static struct ct_pclntab open_table(const struct table *t, uint64_t text)
{
	struct ct_pclntab tab;

	CHECK(ct_pclntab_init(&tab, (struct ct_bytes){ t->bytes, t->len }, text));
	return tab;
}

static void check_line(const struct ct_pclntab *tab, uint64_t pc, unsigned int want_line,
		       int64_t want_frame)
{
	struct ct_go_function fn;
	unsigned int line;
	const char *file;

	CHECK(ct_pclntab_find(tab, pc, &fn));
	CHECK_STR(fn.name, "main.main");
	CHECK_INT(fn.start, TEXT);
	CHECK_INT(fn.end, TEXT + 0x20);
	CHECK(ct_pclntab_line(tab, &fn, pc, &file, &line));
	CHECK_STR(file, "main.go");
	CHECK_INT(line, want_line);
	CHECK_INT(ct_pclntab_frame(tab, &fn, pc), want_frame);
}

static void check_table(const struct table *t)
{
	struct ct_pclntab tab = open_table(t, TEXT);
	struct ct_go_function fn;

	check_line(&tab, TEXT, 10, 0);
	check_line(&tab, TEXT + 3, 10, 0);
	check_line(&tab, TEXT + 4, 12, 0x18);
	check_line(&tab, TEXT + 0x1f, 12, 0x18);
	CHECK(ct_pclntab_find(&tab, TEXT + 0x20, &fn));
	CHECK_STR(fn.name, "main.f");
	CHECK(!ct_pclntab_find(&tab, TEXT - 1, &fn));
	CHECK(!ct_pclntab_find(&tab, TEXT + 0x30, &fn));
}

TEST(pclntab_1_2)
{
	struct table t;

	make_1_2(&t);
	check_table(&t);
}

TEST(pclntab_1_16)
{
	struct table t;

	make_1_16(&t);
	check_table(&t);
}

TEST(pclntab_1_18)
{
	struct table t;

	make_recent(&t, 0xfffffff0, TEXT);
	check_table(&t);
}

TEST(pclntab_1_20)
{
	struct table t;

	make_recent(&t, 0xfffffff1, TEXT);
	check_table(&t);
	CHECK_INT(ct_pclntab_text((struct ct_bytes){ t.bytes, t.len }), TEXT);
}

/* Go 1.26 leaves the address of the text out of the header. */
TEST(pclntab_1_26)
{
	struct table t;

	make_recent(&t, 0xfffffff1, 0);
	check_table(&t);
	CHECK_INT(ct_pclntab_text((struct ct_bytes){ t.bytes, t.len }), 0);
}

TEST(pclntab_of_an_unknown_version)
{
	struct ct_pclntab tab;
	struct table t;

	make_recent(&t, 0xfffffff2, TEXT);
	CHECK(!ct_pclntab_init(&tab, (struct ct_bytes){ t.bytes, t.len }, TEXT));
}

/* Cut anywhere, it gives fewer answers, and the sanitizers watch that it reads no
 * further. */
TEST(pclntab_cut_off)
{
	struct table t;

	make_recent(&t, 0xfffffff1, TEXT);
	for (size_t len = 0; len < t.len; len++) {
		uint8_t *copy = malloc(len + 1);
		struct ct_go_function fn;
		struct ct_pclntab tab;
		unsigned int line;
		const char *file;

		memcpy(copy, t.bytes, len);
		if (ct_pclntab_init(&tab, (struct ct_bytes){ copy, len }, TEXT) &&
		    ct_pclntab_find(&tab, TEXT + 4, &fn)) {
			CHECK_STR(fn.name, "main.main");
			ct_pclntab_line(&tab, &fn, TEXT + 4, &file, &line);
		}
		free(copy);
	}
}
