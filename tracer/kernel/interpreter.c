/* SPDX-License-Identifier: MIT */
/* Reads no byte outside of what it was given, whatever the file's own numbers say. */
#include "interpreter.h"

#include <elf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static int take(char name[CT_INTERPRETER_MAX], const char *bytes, size_t len)
{
	if (!len || len >= CT_INTERPRETER_MAX)
		return -ENOENT;
	memcpy(name, bytes, len);
	name[len] = '\0';
	return 0;
}

/* Blanks before the name and one argument after it; a carriage return is part of it. */
static int of_script(char name[CT_INTERPRETER_MAX], const char *head, size_t len)
{
	size_t start = 2, end;

	while (start < len && (head[start] == ' ' || head[start] == '\t'))
		start++;
	end = start;
	while (end < len && head[end] && !strchr(" \t\n", head[end]))
		end++;
	return take(name, head + start, end - start);
}

/* The fields that matter of either class. */
struct segment {
	uint32_t type;
	uint64_t offset, size;
};

static struct segment segment_at(const char *bytes, bool wide)
{
	Elf64_Phdr p64;
	Elf32_Phdr p32;

	if (wide) {
		memcpy(&p64, bytes, sizeof(p64));
		return (struct segment){ p64.p_type, p64.p_offset, p64.p_filesz };
	}
	memcpy(&p32, bytes, sizeof(p32));
	return (struct segment){ p32.p_type, p32.p_offset, p32.p_filesz };
}

static int of_segments(char name[CT_INTERPRETER_MAX], const char *head, size_t len,
		       uint64_t at, unsigned int count, bool wide)
{
	size_t size = wide ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr);

	for (unsigned int i = 0; i < count && at <= len && len - at >= size;
	     i++, at += size) {
		struct segment s = segment_at(head + at, wide);

		if (s.type == PT_INTERP && s.offset <= len && s.size <= len - s.offset)
			return take(name, head + s.offset,
				    strnlen(head + s.offset, (size_t)s.size));
	}
	return -ENOENT;
}

static int of_elf(char name[CT_INTERPRETER_MAX], const char *head, size_t len)
{
	Elf64_Ehdr e64;
	Elf32_Ehdr e32;

	if (head[EI_CLASS] == ELFCLASS64 && len >= sizeof(e64)) {
		memcpy(&e64, head, sizeof(e64));
		return of_segments(name, head, len, e64.e_phoff, e64.e_phnum, true);
	}
	if (head[EI_CLASS] == ELFCLASS32 && len >= sizeof(e32)) {
		memcpy(&e32, head, sizeof(e32));
		return of_segments(name, head, len, e32.e_phoff, e32.e_phnum, false);
	}
	return -ENOENT;
}

int ct_interpreter_find(char name[CT_INTERPRETER_MAX], const char *head, size_t len)
{
	if (len > 2 && head[0] == '#' && head[1] == '!')
		return of_script(name, head, len);
	if (len > EI_NIDENT && !memcmp(head, ELFMAG, SELFMAG))
		return of_elf(name, head, len);
	return -ENOENT;
}
