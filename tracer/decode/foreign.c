/* SPDX-License-Identifier: MIT */
/* System calls of other machines than x86_64: the same rows by name, whose numbers
 * libseccomp knows. */
#include "syscalls.h"

#include "cttrace/x32.h"
#include <pthread.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>

#define TABLE_LENGTH 1024 /* the largest number in use is below 600 */

/* Names that 32-bit machines give to what x86_64 calls otherwise, or to an argument less.
 */
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

/* Filled once, by whichever thread is first, and only read afterwards. */
struct table {
	pthread_once_t once;
	const struct ct_syscall *rows[TABLE_LENGTH];
};

static struct table tables[CT_ARCH_UNKNOWN] = {
	[CT_ARCH_I386] = { .once = PTHREAD_ONCE_INIT },
	[CT_ARCH_X32] = { .once = PTHREAD_ONCE_INIT },
	[CT_ARCH_AARCH64] = { .once = PTHREAD_ONCE_INIT },
	[CT_ARCH_ARM] = { .once = PTHREAD_ONCE_INIT },
};

static void fill_i386(void);
static void fill_x32(void);
static void fill_aarch64(void);
static void fill_arm(void);

static const struct machine {
	void (*fill)(void);
	uint32_t names; /* SCMP_ARCH_… */
	int bit;        /* in all its numbers */
} machines[CT_ARCH_UNKNOWN] = {
	[CT_ARCH_I386] = { fill_i386, SCMP_ARCH_X86, 0 },
	[CT_ARCH_X32] = { fill_x32, SCMP_ARCH_X32, CT_X32_BIT },
	[CT_ARCH_AARCH64] = { fill_aarch64, SCMP_ARCH_AARCH64, 0 },
	[CT_ARCH_ARM] = { fill_arm, SCMP_ARCH_ARM, 0 },
};

const struct ct_syscall *ct_syscall_by_any_name(const char *name)
{
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
		if (!strcmp(aliases[i].foreign, name))
			return ct_syscall_by_name(aliases[i].native);
	return ct_syscall_by_name(name);
}

static void fill(enum ct_arch arch)
{
	const struct machine *machine = &machines[arch];

	for (int nr = 0; nr < TABLE_LENGTH; nr++) {
		char *name = seccomp_syscall_resolve_num_arch(machine->names,
							      nr | machine->bit);

		if (name)
			tables[arch].rows[nr] = ct_syscall_by_any_name(name);
		else if (ct_syscall_is_common(nr))
			tables[arch].rows[nr] = ct_syscall_native(nr);
		free(name);
	}
}

static void fill_i386(void)
{
	fill(CT_ARCH_I386);
}

static void fill_x32(void)
{
	fill(CT_ARCH_X32);
}

static void fill_aarch64(void)
{
	fill(CT_ARCH_AARCH64);
}

static void fill_arm(void)
{
	fill(CT_ARCH_ARM);
}

static const struct machine *machine_of(enum ct_arch arch)
{
	bool known = (unsigned int)arch < CT_ARCH_UNKNOWN && machines[arch].fill;

	return known ? &machines[arch] : NULL;
}

const struct ct_syscall *ct_syscall_foreign(enum ct_arch arch, int64_t nr)
{
	const struct machine *machine = machine_of(arch);

	if (!machine)
		return NULL;
	nr &= ~(int64_t)machine->bit;
	if (nr < 0 || nr >= TABLE_LENGTH)
		return NULL;
	pthread_once(&tables[arch].once, machine->fill);
	return tables[arch].rows[nr];
}

char *ct_syscall_foreign_name(enum ct_arch arch, int64_t nr, struct ct_arena *arena)
{
	const struct machine *machine = machine_of(arch);
	char *name = NULL, *copy = NULL;

	if (nr >= 0 && nr < TABLE_LENGTH && machine)
		name = seccomp_syscall_resolve_num_arch(machine->names, (int)nr);
	if (name)
		copy = ct_arena_strdup(arena, name);
	free(name);
	return copy;
}
