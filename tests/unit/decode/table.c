/* SPDX-License-Identifier: MIT */
/* The table of calls against libseccomp's, and what the plans promise the tracer. */
#include "machine.h"
#include "syscalls.h"
#include "test.h"

#include "cttrace/open_flags.h"

#include <fcntl.h>
#include <seccomp.h>
#include <stdlib.h>

#define NUMBERS 1024

static const struct ct_plan *plan_named(const char *name)
{
	const struct ct_syscall *sc = ct_syscall_by_name(name);

	if (!sc)
		test_fail(__FILE__, __LINE__, "no row: %s", name);
	return &sc->plan;
}

TEST(every_row_has_the_number_of_its_name)
{
	int compared = 0;

	for (int nr = 0; nr < NUMBERS; nr++) {
		const struct ct_syscall *sc = ct_syscall_native(nr);
		int truth;

		if (!sc)
			continue;
		truth = seccomp_syscall_resolve_name_arch(SCMP_ARCH_X86_64,
							  sc->plan.name);
		/* a call that is younger than the installed libseccomp */
		if (truth == __NR_SCMP_ERROR)
			continue;
		if (truth != nr)
			test_fail(__FILE__, __LINE__, "%s is %d, the row says %d",
				  sc->plan.name, truth, nr);
		compared++;
	}
	CHECK(compared >= 350);
}

TEST(every_number_has_a_row)
{
	for (int nr = 0; nr < NUMBERS; nr++) {
		char *name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_X86_64, nr);
		const struct ct_plan *plan = ct_plan_find(CT_ARCH_X86_64, nr);

		if (name)
			CHECK_STR(plan->name, name);
		free(name);
	}
}

TEST(unknown_numbers_have_a_plan_of_six_registers)
{
	static const int64_t numbers[] = { -1, 400, 1023, 1 << 20, INT64_MIN, INT64_MAX };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		for (int arch = 0; arch <= CT_ARCH_UNKNOWN; arch++) {
			const struct ct_plan *plan =
				ct_plan_find((enum ct_arch)arch, numbers[i]);

			if (arch != CT_ARCH_X86_64 && numbers[i] == 400)
				continue; /* i386 has a call there: msgsnd */
			CHECK(plan->name == NULL);
			CHECK_INT(plan->n_args, 6);
			CHECK_INT(plan->when, CT_WHEN_FULL);
		}
	}
}

/* The rows by the numbers of other machines; the numbers are those of the kernel's
 * headers. */
TEST(a_row_stands_for_the_call_of_that_name_on_every_machine)
{
	static const struct {
		enum ct_arch arch;
		int64_t nr;
		const char *name;
	} calls[] = {
		/* include/uapi/asm-generic/unistd.h */
		{ CT_ARCH_AARCH64, 40, "mount" },
		{ CT_ARCH_AARCH64, 41, "pivot_root" },
		{ CT_ARCH_AARCH64, 56, "openat" },
		{ CT_ARCH_AARCH64, 97, "unshare" },
		{ CT_ARCH_AARCH64, 220, "clone" },
		{ CT_ARCH_AARCH64, 221, "execve" },
		{ CT_ARCH_AARCH64, 268, "setns" },
		{ CT_ARCH_AARCH64, 277, "seccomp" },
		{ CT_ARCH_AARCH64, 435, "clone3" },
		/* arch/arm/tools/syscall.tbl */
		{ CT_ARCH_ARM, 5, "open" },
		{ CT_ARCH_ARM, 11, "execve" },
		{ CT_ARCH_ARM, 21, "mount" },
		{ CT_ARCH_ARM, 120, "clone" },
		{ CT_ARCH_ARM, 192, "mmap" },
		{ CT_ARCH_ARM, 218, "pivot_root" },
		{ CT_ARCH_ARM, 322, "openat" },
		{ CT_ARCH_ARM, 337, "unshare" },
		{ CT_ARCH_ARM, 375, "setns" },
		{ CT_ARCH_ARM, 383, "seccomp" },
		/* arch/x86/entry/syscalls/syscall_32.tbl */
		{ CT_ARCH_I386, 442, "mount_setattr" },
		{ CT_ARCH_I386, 452, "fchmodat2" },
	};

	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		CHECK_STR(ct_plan_find(calls[i].arch, calls[i].nr)->name, calls[i].name);
	CHECK(ct_plan_find(CT_ARCH_AARCH64, 1024)->name == NULL);
}

TEST(names_are_unique)
{
	for (int nr = 0; nr < NUMBERS; nr++) {
		const struct ct_syscall *sc = ct_syscall_native(nr);

		if (sc)
			CHECK(ct_syscall_by_name(sc->plan.name) == sc);
	}
}

TEST(plans_of_other_arguments_stay_inside_the_call)
{
	for (int nr = 0; nr < NUMBERS; nr++) {
		const struct ct_syscall *sc = ct_syscall_native(nr);

		for (int i = 0; sc && i < sc->plan.n_args; i++) {
			const struct ct_plan_arg *arg = &sc->plan.arg[i];
			bool needs = arg->take == CT_TAKE_SIZED ||
				     arg->take == CT_TAKE_ARRAY ||
				     arg->take == CT_TAKE_IOV;

			if (arg->of >= sc->plan.n_args || (needs && arg->of < 0))
				test_fail(__FILE__, __LINE__, "%s: argument %d",
					  sc->plan.name, i);
		}
	}
}

TEST(paths_start_at_the_descriptor_before_them)
{
	CHECK_INT(plan_named("openat")->arg[1].of, 0);
	CHECK_INT(plan_named("open")->arg[0].of, -1);
	CHECK_INT(plan_named("move_mount")->arg[1].of, 0);
	CHECK_INT(plan_named("move_mount")->arg[3].of, 2);
	CHECK_INT(plan_named("symlinkat")->arg[2].of, 1);
	CHECK_INT(plan_named("fanotify_mark")->arg[4].of, 3);
}

TEST(buffers_know_their_length)
{
	CHECK_INT(plan_named("write")->arg[1].take, CT_TAKE_SIZED);
	CHECK_INT(plan_named("write")->arg[1].of, 2);
	CHECK_INT(plan_named("setgroups")->arg[1].take, CT_TAKE_ARRAY);
	CHECK_INT(plan_named("setgroups")->arg[1].of, 0);
	CHECK_INT(plan_named("setgroups")->arg[1].size, 4);
	CHECK_INT(plan_named("clone3")->arg[0].of, 1);
	CHECK_INT(plan_named("capset")->arg[1].size, 24);
	CHECK_INT(plan_named("prlimit64")->arg[3].take, CT_TAKE_MEM_OUT);
}

struct keys {
	const char *const *next;
};

static void expect_key(const struct ct_plan *plan, int nr, void *ctx)
{
	struct keys *keys = ctx;

	CHECK_STR(plan->name, *keys->next ? *keys->next : "(no more)");
	CHECK(ct_plan_find(CT_ARCH_X86_64, nr) == plan);
	keys->next++;
}

static const char *const key_calls[] = { "write",
					 "open",
					 "ioctl",
					 "writev",
					 "socket",
					 "connect",
					 "sendto",
					 "sendmsg",
					 "bind",
					 "clone",
					 "execve",
					 "kill",
					 "rmdir",
					 "creat",
					 "ptrace",
					 "setuid",
					 "setgid",
					 "setreuid",
					 "setregid",
					 "setgroups",
					 "setresuid",
					 "setresgid",
					 "setfsuid",
					 "setfsgid",
					 "capset",
					 "mknod",
					 "pivot_root",
					 "prctl",
					 "setrlimit",
					 "chroot",
					 "acct",
					 "settimeofday",
					 "mount",
					 "umount2",
					 "swapon",
					 "swapoff",
					 "reboot",
					 "sethostname",
					 "setdomainname",
					 "iopl",
					 "ioperm",
					 "init_module",
					 "delete_module",
					 "quotactl",
					 "clock_settime",
					 "exit_group",
					 "kexec_load",
					 "add_key",
					 "keyctl",
					 "openat",
					 "mknodat",
					 "unshare",
					 "perf_event_open",
					 "prlimit64",
					 "open_by_handle_at",
					 "setns",
					 "process_vm_readv",
					 "process_vm_writev",
					 "finit_module",
					 "seccomp",
					 "kexec_file_load",
					 "bpf",
					 "execveat",
					 "pidfd_send_signal",
					 "open_tree",
					 "move_mount",
					 "fsopen",
					 "fsconfig",
					 "fsmount",
					 "fspick",
					 "clone3",
					 "openat2",
					 "pidfd_getfd",
					 "mount_setattr",
					 "open_tree_attr",
					 NULL };

TEST(the_key_calls_are_these)
{
	struct keys keys = { key_calls };

	ct_plan_each_key(expect_key, &keys);
	CHECK(*keys.next == NULL);
}

TEST(other_architectures_have_the_same_rows)
{
	/* numbers of asm/unistd_32.h and asm/unistd_x32.h */
	CHECK_STR(ct_plan_find(CT_ARCH_I386, 21)->name, "mount");
	CHECK_STR(ct_plan_find(CT_ARCH_I386, 120)->name, "clone");
	CHECK_STR(ct_plan_find(CT_ARCH_I386, 217)->name, "pivot_root");
	CHECK_STR(ct_plan_find(CT_ARCH_I386, 213)->name, "setuid");
	CHECK_STR(ct_plan_find(CT_ARCH_I386, 435)->name, "clone3");
	CHECK(ct_plan_find(CT_ARCH_I386, 21) == ct_plan_find(CT_ARCH_X86_64, 165));
	CHECK_STR(ct_plan_find(CT_ARCH_X32, 0x40000000 + 165)->name, "mount");
	CHECK_STR(ct_plan_find(CT_ARCH_X32, 0x40000000 + 520)->name, "execve");
}

static bool needs_no_stop(const char *name)
{
	return ct_plan_needs_no_stop(plan_named(name));
}

/* A container's start makes hundreds of the first kind. */
TEST(only_what_must_be_seen_at_once_takes_a_stop)
{
	static const char *const none[] = { "mount",   "umount2", "open",  "openat",
					    "openat2", "rmdir",   "write", "socket" };
	static const char *const some[] = { "execve",     "clone3", "unshare", "setns",
					    "pivot_root", "setuid", "capset" };

	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		if (!needs_no_stop(none[i]))
			test_fail(__FILE__, __LINE__, "%s stops", none[i]);
	for (size_t i = 0; i < sizeof(some) / sizeof(*some); i++)
		if (needs_no_stop(some[i]))
			test_fail(__FILE__, __LINE__, "%s does not stop", some[i]);
}

TEST(flags_of_open_are_where_the_headers_of_this_machine_have_them)
{
	CHECK_INT(ct_open_flags(CT_ARCH_NATIVE, O_DIRECTORY), CT_O_DIRECTORY);
	CHECK_INT(ct_open_flags(CT_ARCH_NATIVE, O_NOFOLLOW), CT_O_NOFOLLOW);
	CHECK_INT(ct_open_flags(CT_ARCH_NATIVE, O_DIRECT), CT_O_DIRECT);
	CHECK_INT(ct_open_flags(CT_ARCH_NATIVE, O_TMPFILE), CT_O_TMPFILE);
}
