/* SPDX-License-Identifier: MIT */
/* Any bytes as an ELF file: its symbols, its tables, and walks of a stack by them. */
/* links: ct_stack */
#include "fuzz.h"

#include "stack.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define BASE  0x400000UL
#define STACK 0x7ffc00000000UL

/* One executable mapping of the whole file, and the path by which it can be opened. */
static char *make_maps(int fd, struct ct_arena *arena)
{
	struct stat st;

	if (fstat(fd, &st))
		abort();
	return ct_arena_printf(arena,
			       "%lx-%lx r-xp 00000000 %x:%x %lu /proc/self/fd/%d\n", BASE,
			       BASE + 0x10000000, major(st.st_dev), minor(st.st_dev),
			       (unsigned long)st.st_ino, fd);
}

/* A stack full of addresses of the file's code, and of the stack itself. */
static void fill_stack(uint64_t *stack, size_t n, const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t byte = size ? data[i % size] : 0;

		stack[i] = byte % 3 ? BASE + byte : STACK + (i + byte) * 8;
	}
}

static void walk(const char *maps, const uint8_t *data, size_t size,
		 struct ct_arena *arena)
{
	uint64_t words[256];
	struct user_regs_struct regs = { .rsp = STACK, .rbp = STACK + 16 };
	const struct ct_snapshot snapshot = { &regs, words, sizeof(words) };
	struct ct_stack *stack = ct_stack_new();

	fill_stack(words, sizeof(words) / sizeof(*words), data, size);
	ct_stack_add_maps(stack, 1, getpid(), maps, strlen(maps));
	for (uint64_t at = 0; at < 0x800; at += 0x11) {
		struct ct_frame *frames;
		size_t n;

		regs.rip = BASE + at;
		n = ct_stack_unwind(stack, 1, &snapshot, &frames, arena);
		if (!n || n > CT_UNWIND_FRAMES)
			abort();
		for (size_t i = 0; i < n; i++)
			if (!frames[i].module || !frames[i].symbol || !frames[i].source)
				abort();
	}
	ct_stack_free(stack);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ct_arena arena = CT_ARENA_INIT;
	int fd = memfd_create("elf", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	walk(make_maps(fd, &arena), data, size, &arena);
	close(fd);
	ct_arena_release(&arena);
	return 0;
}
