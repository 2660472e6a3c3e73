/* SPDX-License-Identifier: MIT */
/* A program of another architecture, and back: the numbers of its calls are others. It is
 * written here byte by byte, because not every host can build one. */
#include "hard.h"

#include <elf.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/mman.h>

#define BASE 0x08048000

/*
 * sethostname("x", 65) with the one address that is mapped: EINVAL; then
 * execve("/proc/self/fd/8", {path}, {}), which is the 64-bit program again.
 */
static const unsigned char code[] = {
	0xb8, 74,   0,    0,    0,    /* mov $74, %eax */
	0xbb, 0x00, 0x80, 0x04, 0x08, /* mov $BASE, %ebx */
	0xb9, 65,   0,    0,    0,    /* mov $65, %ecx */
	0xcd, 0x80,                   /* int $0x80 */
	0xb8, 11,   0,    0,    0,    /* mov $11, %eax */
	0xbb, 0x90, 0x80, 0x04, 0x08, /* mov $path, %ebx */
	0xb9, 0xa0, 0x80, 0x04, 0x08, /* mov $argv, %ecx */
	0xba, 0xa4, 0x80, 0x04, 0x08, /* mov $environment, %edx */
	0xcd, 0x80,                   /* int $0x80 */
	0xbb, 9,    0,    0,    0,    /* mov $9, %ebx */
	0xb8, 1,    0,    0,    0,    /* mov $1, %eax */
	0xcd, 0x80,                   /* int $0x80: not reached */
};

struct image {
	Elf32_Ehdr header;
	Elf32_Phdr segment;
	unsigned char text[0x90 - sizeof(Elf32_Ehdr) - sizeof(Elf32_Phdr)];
	char path[16];    /* at 0x90 */
	uint32_t argv[2]; /* at 0xa0: path, end; the end is the environment, too */
};

static int write_program(void)
{
	struct image image = {
		.header = { .e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS32,
					 ELFDATA2LSB, EV_CURRENT },
			    .e_type = ET_EXEC,
			    .e_machine = EM_386,
			    .e_version = EV_CURRENT,
			    .e_entry = BASE + offsetof(struct image, text),
			    .e_phoff = offsetof(struct image, segment),
			    .e_ehsize = sizeof(Elf32_Ehdr),
			    .e_phentsize = sizeof(Elf32_Phdr),
			    .e_phnum = 1 },
		.segment = { .p_type = PT_LOAD,
			     .p_vaddr = BASE,
			     .p_paddr = BASE,
			     .p_filesz = sizeof(image),
			     .p_memsz = sizeof(image),
			     .p_flags = PF_R | PF_X,
			     .p_align = 0x1000 },
		.path = "/proc/self/fd/8",
		.argv = { BASE + 0x90, 0 },
	};
	int fd = (int)MUST(memfd_create("i386", MFD_CLOEXEC));

	memcpy(image.text, code, sizeof(code));
	MUST(write(fd, &image, sizeof(image)));
	return fd;
}

int main(int argc, char **argv)
{
	char *const none[] = { NULL };
	char *const first[] = { (char *)"i386", NULL };
	int program, self;

	(void)argc;
	if (!strcmp(argv[0], "/proc/self/fd/8"))
		return 64;
	self = (int)MUST(open("/proc/self/exe", O_RDONLY));
	MUST(dup2(self, 8));
	program = write_program();
	syscall(SYS_execveat, program, "", first, none, AT_EMPTY_PATH);
	if (errno == ENOEXEC)
		return HARD_SKIPPED; /* a kernel without 32-bit programs */
	return 1;
}
