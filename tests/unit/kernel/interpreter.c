/* SPDX-License-Identifier: MIT */
/* Who runs a program, from its first bytes. */
#include "interpreter.h"

#include "test.h"

#include <elf.h>
#include <errno.h>
#include <stddef.h>

static const char *find(const char *head, size_t len)
{
	static char name[CT_INTERPRETER_MAX];

	return ct_interpreter_find(name, head, len) ? "(none)" : name;
}

TEST(a_script_names_its_interpreter)
{
	static const struct {
		const char *head, *name;
	} rows[] = {
		{ "#!/bin/sh\n", "/bin/sh" },
		{ "#! \t/bin/sh -e x\n", "/bin/sh" },
		{ "#!/bin/sh\r\n", "/bin/sh\r" },
		{ "#!/usr/bin/env python\n", "/usr/bin/env" },
		{ "#!/bin/sh", "/bin/sh" },
		{ "#!\n", "(none)" },
		{ "#!", "(none)" },
		{ "echo\n", "(none)" },
		{ "", "(none)" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		CHECK_STR(find(rows[i].head, strlen(rows[i].head)), rows[i].name);
}

/* A header, one segment, and the name behind them. */
struct image {
	Elf64_Ehdr header;
	Elf64_Phdr segment;
	char name[32];
};

static struct image make_image(void)
{
	return (struct image){
		.header = { .e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64 },
			    .e_phoff = offsetof(struct image, segment),
			    .e_phnum = 1 },
		.segment = { .p_type = PT_INTERP,
			     .p_offset = offsetof(struct image, name),
			     .p_filesz = 11 },
		.name = "/lib/ld.so",
	};
}

TEST(an_elf_file_names_its_loader)
{
	struct image image = make_image();

	CHECK_STR(find((const char *)&image, sizeof(image)), "/lib/ld.so");
	image.segment.p_type = PT_LOAD;
	CHECK_STR(find((const char *)&image, sizeof(image)), "(none)");
}

TEST(numbers_that_lead_outside_are_not_followed)
{
	struct image image = make_image();

	image.segment.p_offset = UINT64_MAX - 4;
	CHECK_STR(find((const char *)&image, sizeof(image)), "(none)");
	image = make_image();
	image.segment.p_filesz = UINT64_MAX;
	CHECK_STR(find((const char *)&image, sizeof(image)), "(none)");
	image = make_image();
	image.header.e_phoff = UINT64_MAX - 8;
	image.header.e_phnum = UINT16_MAX;
	CHECK_STR(find((const char *)&image, sizeof(image)), "(none)");
	image = make_image();
	for (size_t len = 0; len < offsetof(struct image, name); len++)
		CHECK_STR(find((const char *)&image, len), "(none)");
}
