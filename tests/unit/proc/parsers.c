/* SPDX-License-Identifier: MIT */
/* The /proc parsers: texts of real kernels, odd ones, and garbage. */
#include "cgroup.h"
#include "maps.h"
#include "mountinfo.h"
#include "nslink.h"
#include "rlimits.h"
#include "status.h"
#include "test.h"

static struct ct_span text(const char *s)
{
	return ct_span_of(s, strlen(s));
}

TEST(cgroup_of_a_hybrid_host)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_state state = { 0 };

	ct_proc_cgroup(&state,
		       text("12:memory:/user.slice\n"
			    "3:cpu,cpuacct:/a:b:c\n"
			    "1:name=systemd:/\n"
			    "0::/init.scope\n"),
		       &arena);
	CHECK_INT(state.n_cgroups, 4);
	CHECK_INT(state.cgroups[0].hierarchy, 12);
	CHECK_STR(state.cgroups[0].controllers, "memory");
	CHECK_STR(state.cgroups[0].path, "/user.slice");
	CHECK_STR(state.cgroups[1].controllers, "cpu,cpuacct");
	CHECK_STR(state.cgroups[1].path, "/a:b:c");
	CHECK_STR(state.cgroups[2].controllers, "name=systemd");
	CHECK_INT(state.cgroups[3].hierarchy, 0);
	CHECK_STR(state.cgroups[3].controllers, "");
	CHECK_STR(state.cgroups[3].path, "/init.scope");
	ct_arena_release(&arena);
}

TEST(cgroup_skips_what_is_no_line)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_state state = { 0 };

	ct_proc_cgroup(&state,
		       text("\n:\nx:y:/z\n99999999999:cpu:/\n5:cpu\n5:cpu:relative\n"
			    "7:pids:/good (deleted)"),
		       &arena);
	CHECK_INT(state.n_cgroups, 1);
	CHECK_STR(state.cgroups[0].path, "/good (deleted)");
	ct_arena_release(&arena);
}

TEST(status_of_a_task_in_two_pid_namespaces)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_state state = { 0 };

	ct_proc_status(&state,
		       text("Name:\ta\\nb\\\\c d\nUmask:\t0022\nTgid:\t6461\nPid:\t6461\n"
			    "PPid:\t6460\nUid:\t0\t1000\t4294967295\t3\n"
			    "Gid:\t10\t11\t12\t13\nGroups:\t20 44 \nNSpid:\t6461\t1\n"
			    "CapInh:\t0000000000000000\nCapPrm:\t000001ffffffffff\n"
			    "CapEff:\t00000000a80425fb\nCapBnd:\t0000000000000001\n"
			    "CapAmb:\t8000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n"
			    "Seccomp_filters:\t3\n"),
		       &arena);
	CHECK_STR(state.comm, "a\nb\\c d");
	CHECK_INT(state.tgid, 6461);
	CHECK_INT(state.ppid, 6460);
	CHECK_INT(state.uid.real, 0);
	CHECK_INT(state.uid.effective, 1000);
	CHECK_INT(state.uid.saved, 4294967295);
	CHECK_INT(state.uid.fs, 3);
	CHECK_INT(state.gid.real, 10);
	CHECK_INT(state.gid.fs, 13);
	CHECK_STR(state.groups, "20 44");
	CHECK_INT(state.n_nspid, 2);
	CHECK_INT(state.nspid[0], 6461);
	CHECK_INT(state.nspid[1], 1);
	CHECK_INT(state.caps.permitted, 0x1ffffffffff);
	CHECK_INT(state.caps.effective, 0xa80425fb);
	CHECK_INT(state.caps.bounding, 1);
	CHECK(state.caps.ambient == (uint64_t)1 << 63);
	CHECK_INT(state.no_new_privs, 1);
	CHECK_INT(state.seccomp, 2);
	CHECK_INT(state.seccomp_filters, 3);
	ct_arena_release(&arena);
}

TEST(status_says_nothing_about_what_is_not_there)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_state state = { 0 };

	ct_proc_status(
		&state,
		text("Uid:\t1\t2\t3\nTgid:\t-5\nSeccomp:\tyes\nNSpid:\t\nName\n"
		     "PPid:\t99999999999999999999999\nCapEff:\tfffffffffffffffff\n"),
		&arena);
	CHECK_STR(state.comm, "");
	CHECK_INT(state.uid.real + state.uid.effective, 0);
	CHECK_INT(state.tgid, 0);
	CHECK_INT(state.ppid, 0);
	CHECK_INT(state.n_nspid, 0);
	CHECK_INT(state.caps.effective, 0);
	CHECK_INT(state.no_new_privs, -1);
	CHECK_INT(state.seccomp, -1);
	CHECK_INT(state.seccomp_filters, -1);
	ct_arena_release(&arena);
}

TEST(namespace_links)
{
	uint64_t inode = 7;

	CHECK_INT(ct_proc_nslink(text("net:[4026531840]"), &inode), CT_NS_NET);
	CHECK_INT(inode, 4026531840);
	CHECK_INT(ct_proc_nslink(text("mnt:[18446744073709551615]"), &inode), CT_NS_MNT);
	CHECK(inode == UINT64_MAX);
	CHECK_INT(ct_proc_nslink(text("mnt:[18446744073709551616]"), &inode), -1);
	CHECK_INT(ct_proc_nslink(text("net:[1"), &inode), -1);
	CHECK_INT(ct_proc_nslink(text("net:[]"), &inode), -1);
	CHECK_INT(ct_proc_nslink(text("net:[1]x"), &inode), -1);
	CHECK_INT(ct_proc_nslink(text("pipe:[1]"), &inode), -1);
	CHECK_INT(ct_proc_nslink(text("pid_for_children:[1]"), &inode), -1);
	CHECK_INT(ct_proc_nslink(text("/run/netns/x"), &inode), -1);
	CHECK_INT(ct_proc_nslink(text(""), &inode), -1);
	CHECK(inode == UINT64_MAX);
}

TEST(mountinfo_lines)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_span rest = text("36 35 98:7 /sub\\040tree /mnt\\134n rw,noatime "
				   "shared:12 master:3 - ext4 "
				   "/dev/root rw,errors=continue\n"
				   "not a line\n"
				   "1 2 0:1 / / rw\n"
				   "40 36 0:21 / /x rw unbindable - tmpfs  rw\n"
				   "41 36 0:22 / /y ro - proc proc rw");
	struct ct_mountinfo mount;

	CHECK(ct_proc_mountinfo_next(&rest, &mount, &arena));
	CHECK_INT(mount.id, 36);
	CHECK_INT(mount.parent, 35);
	CHECK_INT(mount.dev_major, 98);
	CHECK_INT(mount.dev_minor, 7);
	CHECK_STR(mount.root, "/sub tree");
	CHECK_STR(mount.target, "/mnt\\n");
	CHECK_STR(mount.options, "rw,noatime");
	CHECK_INT(mount.shared, 12);
	CHECK_INT(mount.master, 3);
	CHECK(!mount.unbindable);
	CHECK_STR(mount.type, "ext4");
	CHECK_STR(mount.source, "/dev/root");
	CHECK_STR(mount.fs_options, "rw,errors=continue");

	CHECK(ct_proc_mountinfo_next(&rest, &mount, &arena));
	CHECK_INT(mount.id, 40);
	CHECK(mount.unbindable);
	CHECK_STR(mount.source, "");
	CHECK_STR(mount.fs_options, "rw");

	CHECK(ct_proc_mountinfo_next(&rest, &mount, &arena));
	CHECK_STR(mount.target, "/y");
	CHECK_INT(mount.shared, 0);
	CHECK(!ct_proc_mountinfo_next(&rest, &mount, &arena));
	ct_arena_release(&arena);
}

TEST(maps_lines)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_span rest =
		text("55d0c000-55d0e000 r-xp 00002000 fe:01 1234                      "
		     "/usr/bin/a b (deleted)\n"
		     "7ffd0000-7ffd1000 rw-p 00000000 00:00 0                         "
		     "[stack]\n"
		     "7f000000-7f001000 ---s 00000000 00:00 0 \n"
		     "2000-1000 rw-p 00000000 00:00 0\n"
		     "garbage\n"
		     "7f001000-7f002000 r--p 00000000 103:05 99  /lib/x\\n\\012y");
	struct ct_map map;

	CHECK(ct_proc_maps_next(&rest, &map, &arena));
	CHECK_INT(map.start, 0x55d0c000);
	CHECK_INT(map.end, 0x55d0e000);
	CHECK_INT(map.offset, 0x2000);
	CHECK_INT(map.dev_major, 0xfe);
	CHECK_INT(map.dev_minor, 1);
	CHECK_INT(map.inode, 1234);
	CHECK_INT(map.perms, CT_MAP_READ | CT_MAP_EXEC);
	CHECK(map.deleted);
	CHECK_STR(map.path, "/usr/bin/a b");
	CHECK(ct_proc_maps_next(&rest, &map, &arena));
	CHECK_STR(map.path, "[stack]");
	CHECK(!map.deleted);
	CHECK_INT(map.perms, CT_MAP_READ | CT_MAP_WRITE);
	CHECK(ct_proc_maps_next(&rest, &map, &arena));
	CHECK_STR(map.path, "");
	CHECK_INT(map.perms, CT_MAP_SHARED);
	CHECK(ct_proc_maps_next(&rest, &map, &arena));
	CHECK_INT(map.dev_major, 0x103);
	CHECK_STR(map.path, "/lib/x\\n\ny");
	CHECK(!ct_proc_maps_next(&rest, &map, &arena));
	ct_arena_release(&arena);
}

TEST(limits_with_and_without_an_end)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_span rest = text(
		"Limit                     Soft Limit           Hard Limit           "
		"Units     \n"
		"Max cpu time              unlimited            unlimited            "
		"seconds   \n"
		"Max open files            1024                 1048576              "
		"files     \n"
		"Max processes             x                    1\n"
		"Max nice priority         0                    0                    ");
	struct ct_limit_pair limit;

	CHECK(ct_proc_rlimits_next(&rest, &limit, &arena));
	CHECK_STR(limit.name, "Max cpu time");
	CHECK_INT(limit.soft, CT_LIMIT_NONE);
	CHECK_INT(limit.hard, CT_LIMIT_NONE);
	CHECK(ct_proc_rlimits_next(&rest, &limit, &arena));
	CHECK_STR(limit.name, "Max open files");
	CHECK_INT(limit.soft, 1024);
	CHECK_INT(limit.hard, 1048576);
	CHECK(ct_proc_rlimits_next(&rest, &limit, &arena));
	CHECK_STR(limit.name, "Max nice priority");
	CHECK(!ct_proc_rlimits_next(&rest, &limit, &arena));
	ct_arena_release(&arena);
}
