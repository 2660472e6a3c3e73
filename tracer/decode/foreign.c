/* SPDX-License-Identifier: MIT */
/* System calls of i386 and x32: the same rows by name, whose numbers libseccomp knows. */
#include "syscalls.h"

#include <pthread.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>

#define X32_BIT      0x40000000
#define TABLE_LENGTH 1024 /* the largest number in use is below 600 */

/* Names that i386 gives to what x86_64 calls otherwise, or to an argument less. */
static const struct {
	const char *foreign, *native;
} aliases[] = {
	{ "_newselect", "select" },     { "fcntl64", "fcntl" },
	{ "fstat64", "fstat" },         { "fstatat64", "newfstatat" },
	{ "lstat64", "lstat" },         { "mmap2", "mmap" },
	{ "sendfile64", "sendfile" },   { "stat64", "stat" },
	{ "ugetrlimit", "getrlimit" },  { "chown32", "chown" },
	{ "fchown32", "fchown" },       { "lchown32", "lchown" },
	{ "getegid32", "getegid" },     { "geteuid32", "geteuid" },
	{ "getgid32", "getgid" },       { "getuid32", "getuid" },
	{ "getgroups32", "getgroups" }, { "setgroups32", "setgroups" },
	{ "setuid32", "setuid" },       { "setgid32", "setgid" },
	{ "setreuid32", "setreuid" },   { "setregid32", "setregid" },
	{ "setresuid32", "setresuid" }, { "setresgid32", "setresgid" },
	{ "setfsuid32", "setfsuid" },   { "setfsgid32", "setfsgid" },
};

struct foreign {
	pthread_once_t once;
	const struct ct_syscall *rows[TABLE_LENGTH];
};

/* Filled once, by whichever thread is first, and only read afterwards. */
static struct foreign i386 = { .once = PTHREAD_ONCE_INIT };
static struct foreign x32 = { .once = PTHREAD_ONCE_INIT };

const struct ct_syscall *ct_syscall_by_any_name(const char *name)
{
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
		if (!strcmp(aliases[i].foreign, name))
			return ct_syscall_by_name(aliases[i].native);
	return ct_syscall_by_name(name);
}

static void fill(struct foreign *table, uint32_t arch, int bit)
{
	for (int nr = 0; nr < TABLE_LENGTH; nr++) {
		char *name = seccomp_syscall_resolve_num_arch(arch, nr | bit);

		if (name)
			table->rows[nr] = ct_syscall_by_any_name(name);
		free(name);
	}
}

static void fill_i386(void)
{
	fill(&i386, SCMP_ARCH_X86, 0);
}

static void fill_x32(void)
{
	fill(&x32, SCMP_ARCH_X32, X32_BIT);
}

const struct ct_syscall *ct_syscall_foreign(enum ct_arch arch, int64_t nr)
{
	struct foreign *table = arch == CT_ARCH_I386 ? &i386 : &x32;

	if (arch != CT_ARCH_I386 && arch != CT_ARCH_X32)
		return NULL;
	if (arch == CT_ARCH_X32)
		nr &= ~(int64_t)X32_BIT;
	if (nr < 0 || nr >= TABLE_LENGTH)
		return NULL;
	pthread_once(&table->once, arch == CT_ARCH_I386 ? fill_i386 : fill_x32);
	return table->rows[nr];
}

char *ct_syscall_foreign_name(enum ct_arch arch, int64_t nr, struct ct_arena *arena)
{
	char *name = NULL, *copy = NULL;

	if (nr >= 0 && nr < TABLE_LENGTH && arch == CT_ARCH_I386)
		name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_X86, (int)nr);
	if (name)
		copy = ct_arena_strdup(arena, name);
	free(name);
	return copy;
}
