/* SPDX-License-Identifier: MIT */
/* The rows of syscalls.def, and finding one. */
#include "syscalls.h"

#include "each.h"
#include "machine.h"

#include <string.h>

/* CT_PLAN_… as the rows write them */
enum {
	NS = CT_PLAN_NS,
	STATUS = CT_PLAN_STATUS,
	ROOT = CT_PLAN_ROOT,
	FILTER = CT_PLAN_FILTER,
	EXEC = CT_PLAN_EXEC,
	CLONE = CT_PLAN_CLONE,
	CLONE3 = CT_PLAN_CLONE3,
	OPEN = CT_PLAN_OPEN,
	WRITE = CT_PLAN_WRITE,
	CLOSE = CT_PLAN_CLOSE,
	NO_EXIT = CT_PLAN_NO_EXIT,
	QUIET = CT_PLAN_QUIET,
	KEEP = CT_PLAN_KEEP,
	LOOK = CT_PLAN_LOOK,
	DUP = CT_PLAN_DUP,
	SOCKET = CT_PLAN_SOCKET,
	TALK = CT_PLAN_TALK,
	ANY_FILE = CT_PLAN_ANY_FILE,
	CHANGES = CT_PLAN_CHANGES,
	MOUNTS = CT_PLAN_MOUNTS,
	MOUNT_FD = CT_PLAN_MOUNT_FD,
	PEER = CT_PLAN_PEER,
};

#define NAME_OF(name, kind) #name
#define KIND_OF(name, kind) CT_KIND_##kind
/* the bytes of an argument may depend on the one before or behind it */
#define TAKE_OF(i, kind)                                                               \
	{                                                                              \
		CT_KIND_TAKE_##kind, CT_KIND_OF_##kind ? (i) + CT_KIND_OF_##kind : -1, \
			CT_KIND_SIZE_##kind                                            \
	}
#define SECOND(name, kind)  kind
#define ARG_NAME(i, pair)   NAME_OF pair,
#define ARG_KIND(i, pair)   KIND_OF pair,
#define ARG_TAKE(i, pair)   ARG_TAKE_(i, SECOND pair)
#define ARG_TAKE_(i, kind)  ARG_TAKE__(i, kind)
#define ARG_TAKE__(i, kind) TAKE_OF(i, kind),

#define SYSCALL(nr, call, when_, flags_, ...)                             \
	[nr] = { .plan = { .name = #call,                                 \
			   .n_args = CT_COUNT(__VA_ARGS__),               \
			   .when = CT_WHEN_##when_,                       \
			   .flags = (flags_),                             \
			   .arg = { CT_EACH(ARG_TAKE, ##__VA_ARGS__) } }, \
		 .arg_name = { CT_EACH(ARG_NAME, ##__VA_ARGS__) },        \
		 .arg_kind = { CT_EACH(ARG_KIND, ##__VA_ARGS__) } },
static const struct ct_syscall rows[] = {
#include "syscalls.def"
};

#define N_ROWS (sizeof(rows) / sizeof(*rows))

/* What is shown of a call that is not known: all six registers. */
static const struct ct_syscall unknown = {
	.plan = { .n_args = 6,
		  .arg = { { CT_TAKE_NOTHING, -1, 0 },
			   { CT_TAKE_NOTHING, -1, 0 },
			   { CT_TAKE_NOTHING, -1, 0 },
			   { CT_TAKE_NOTHING, -1, 0 },
			   { CT_TAKE_NOTHING, -1, 0 },
			   { CT_TAKE_NOTHING, -1, 0 } } },
	.arg_name = { "arg1", "arg2", "arg3", "arg4", "arg5", "arg6" },
	.arg_kind = { CT_KIND_hex, CT_KIND_hex, CT_KIND_hex, CT_KIND_hex, CT_KIND_hex,
		      CT_KIND_hex },
};

const struct ct_syscall *ct_syscall_native(int64_t nr)
{
	if (nr < 0 || (uint64_t)nr >= N_ROWS || !rows[nr].plan.name)
		return NULL;
	return &rows[nr];
}

const struct ct_syscall *ct_syscall_by_name(const char *name)
{
	for (size_t i = 0; i < N_ROWS; i++)
		if (rows[i].plan.name && !strcmp(rows[i].plan.name, name))
			return &rows[i];
	return NULL;
}

int64_t ct_syscall_number(const struct ct_syscall *row)
{
	return row - rows;
}

const struct ct_syscall *ct_syscall_find(enum ct_arch arch, int64_t nr)
{
	const struct ct_syscall *found = arch == CT_ARCH_X86_64
						 ? ct_syscall_native(nr)
						 : ct_syscall_foreign(arch, nr);

	return found ? found : &unknown;
}

const struct ct_plan *ct_plan_find(enum ct_arch arch, int64_t nr)
{
	return &ct_syscall_find(arch, nr)->plan;
}

/* What libseccomp knows it by, on this machine. A call that this machine does not have
 * has a number below zero, by which libseccomp finds it on the others. */
static int number_here(size_t row)
{
	int nr = (int)row;

	if (!CT_MACHINE_HAS_ROWS && !ct_syscall_is_common(nr))
		nr = seccomp_syscall_resolve_name(rows[row].plan.name);
	return nr;
}

void ct_plan_each_key(void (*fn)(const struct ct_plan *plan, int nr, void *ctx),
		      void *ctx)
{
	for (size_t i = 0; i < N_ROWS; i++)
		if (rows[i].plan.name && rows[i].plan.when != CT_WHEN_FULL)
			fn(&rows[i].plan, number_here(i), ctx);
}
