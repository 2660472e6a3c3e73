/* SPDX-License-Identifier: MIT */
/* Names of the vocabulary, against the running kernel where it knows them, too. */
#include "cttrace/event.h"
#include "cttrace/open_flags.h"

#include "test.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <stdio.h>
#include <unistd.h>

TEST(every_namespace_link_of_the_kernel_has_its_name)
{
	for (int ns = 0; ns < CT_NS_LINKS; ns++) {
		const char *name = ct_ns_name((enum ct_ns)ns);
		char path[64];

		CHECK_INT(ct_ns_from_name(name, strlen(name)), ns);
		CHECK_INT(ct_ns_from_name(name, strlen(name) - 1), -1);
		snprintf(path, sizeof(path), "/proc/self/ns/%s", name);
		if (ns != CT_NS_TIME &&
		    ns != CT_NS_TIME_FOR_CHILDREN) /* since Linux 5.6 */
			CHECK(!access(path, F_OK));
	}
	CHECK_INT(ct_ns_from_name("netx", 4), -1);
	CHECK_INT(ct_ns_from_name("", 0), -1);
	CHECK_STR(ct_ns_name(CT_NS_LINKS), "?");
	CHECK_STR(ct_ns_name((enum ct_ns) - 1), "?");
}

TEST(namespaces_have_the_clone_flags_of_the_kernel)
{
	CHECK_INT(ct_ns_clone_flag(CT_NS_MNT), CLONE_NEWNS);
	CHECK_INT(ct_ns_clone_flag(CT_NS_PID), CLONE_NEWPID);
	CHECK_INT(ct_ns_clone_flag(CT_NS_NET), CLONE_NEWNET);
	CHECK_INT(ct_ns_clone_flag(CT_NS_IPC), CLONE_NEWIPC);
	CHECK_INT(ct_ns_clone_flag(CT_NS_UTS), CLONE_NEWUTS);
	CHECK_INT(ct_ns_clone_flag(CT_NS_USER), CLONE_NEWUSER);
	CHECK_INT(ct_ns_clone_flag(CT_NS_CGROUP), CLONE_NEWCGROUP);
	CHECK_INT(ct_ns_clone_flag(CT_NS_TIME), CLONE_NEWTIME);
	CHECK_INT(ct_ns_clone_flag(CT_NS_PID_FOR_CHILDREN), 0);
}

TEST(names_beyond_the_tables_are_no_crash)
{
	CHECK_STR(ct_event_kind_name(CT_EVENT_KINDS), "?");
	CHECK_STR(ct_birth_name(CT_BIRTH_ATTACHED + 1), "?");
	CHECK_STR(ct_arch_name((enum ct_arch)77), "unknown");
}

TEST(arguments_are_found_by_name)
{
	struct ct_arg args[] = {
		{ .name = "fd", .type = CT_VALUE_INT, .i = -100, .path = "/etc" },
		{ .name = "path", .type = CT_VALUE_STR, .str = "passwd", .len = 6 },
		{ .name = "buf", .type = CT_VALUE_PTR, .i = 4096 },
		{ .name = "what", .type = CT_VALUE_NONE },
	};
	struct ct_event_call call = { .args = args, .n_args = 4 };

	CHECK(ct_call_arg(&call, "path") == &args[1]);
	CHECK(!ct_call_arg(&call, "pat"));
	CHECK_INT(ct_call_int(&call, "fd", 7), -100);
	CHECK_INT(ct_call_int(&call, "buf", 7), 4096);
	CHECK_INT(ct_call_int(&call, "path", 7), 7);
	CHECK_INT(ct_call_int(&call, "none", 7), 7);
	CHECK_STR(ct_call_path(&call, "fd"), "/etc");
	CHECK_STR(ct_call_path(&call, "path"), "passwd");
	CHECK_STR(ct_call_path(&call, "what"), "");
	CHECK_STR(ct_call_path(&call, "none"), "");
}

/* open("link", flags) of a task of this architecture */
static bool open_follows(enum ct_arch arch, int64_t flags)
{
	struct ct_arg args[] = { { .name = "flags", .type = CT_VALUE_INT, .i = flags } };
	struct ct_event_call call = {
		.arch = arch, .name = "openat", .args = args, .n_args = 1
	};

	return ct_call_follows(&call);
}

TEST(flags_of_open_are_those_of_the_task_that_passed_them)
{
	/* O_NOFOLLOW of each is O_LARGEFILE or O_DIRECT of others */
	CHECK(!open_follows(CT_ARCH_X86_64, 0400000));
	CHECK(!open_follows(CT_ARCH_I386, 0400000));
	CHECK(!open_follows(CT_ARCH_AARCH64, 0100000));
	CHECK(!open_follows(CT_ARCH_ARM, 0100000));
	CHECK(open_follows(CT_ARCH_X86_64, 0100000));
	CHECK(open_follows(CT_ARCH_AARCH64, 0400000));
	CHECK_INT(ct_open_flags(CT_ARCH_AARCH64, 0740000 | O_RDWR | O_CLOEXEC),
		  0740000 | O_RDWR | O_CLOEXEC);
	CHECK_INT(ct_open_flags(CT_ARCH_ARM, 040000), CT_O_DIRECTORY);
	CHECK_INT(ct_open_flags(CT_ARCH_X86_64, 040000), CT_O_DIRECT);
}
