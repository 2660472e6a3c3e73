/* SPDX-License-Identifier: MIT */
/* Where the cgroups of a task are. */
#include "hierarchy.h"
#include "test.h"

#include <stdlib.h>

static const struct ct_mountinfo mounts[] = {
	{ .root = "/", .target = "/", .type = "ext4", .fs_options = "rw,memory" },
	{ .root = "/",
	  .target = "/sys/fs/cgroup/memory",
	  .type = "cgroup",
	  .fs_options = "rw,memory" },
	{ .root = "/",
	  .target = "/sys/fs/cgroup/cpu,cpuacct",
	  .type = "cgroup",
	  .fs_options = "rw,cpu,cpuacct" },
	{ .root = "/",
	  .target = "/sys/fs/cgroup/systemd",
	  .type = "cgroup",
	  .fs_options = "rw,xattr,name=systemd" },
	{ .root = "/box",
	  .target = "/sys/fs/cgroup/unified",
	  .type = "cgroup2",
	  .fs_options = "rw,nsdelegate" },
};

static void is_at(const char *controllers, const char *path, const char *want)
{
	struct ct_cgroup cgroup = { 0, controllers, path };
	char *got =
		ct_hierarchy_directory(&cgroup, mounts, sizeof(mounts) / sizeof(*mounts));

	CHECK_STR(got ? got : "nowhere", want);
	free(got);
}

TEST(directories)
{
	is_at("memory", "/a/b", "/sys/fs/cgroup/memory/a/b");
	is_at("cpu,cpuacct", "/a", "/sys/fs/cgroup/cpu,cpuacct/a");
	is_at("name=systemd", "/a", "/sys/fs/cgroup/systemd/a");
	is_at("", "/box/a", "/sys/fs/cgroup/unified/a");
	is_at("", "/box", "/sys/fs/cgroup/unified");
	is_at("", "/boxes/a", "nowhere");
	is_at("", "/", "nowhere");
	is_at("pids", "/a", "nowhere");
	is_at("memory", "/../a", "nowhere");
	is_at("memory", "/..", "nowhere");
}

TEST(how_far_apart)
{
	CHECK_INT(ct_hierarchy_apart("/", "/"), 0);
	CHECK_INT(ct_hierarchy_apart("/a/b", "/a/b"), 0);
	CHECK_INT(ct_hierarchy_apart("/a", "/a/b"), 0);
	CHECK_INT(ct_hierarchy_apart("/a/b", "/"), 2);
	CHECK_INT(ct_hierarchy_apart("/a/c/d", "/a/b"), 2);
	CHECK_INT(ct_hierarchy_apart("/ab", "/a"), 1);
	CHECK_INT(ct_hierarchy_apart("/a/x/c", "/a/y/c"), 2);
}

TEST(controllers_of_a_hierarchy)
{
	struct ct_cgroup v1 = { 3, "cpu,cpuacct", "/" }, v2 = { 0, "", "/" };

	CHECK(ct_hierarchy_has(&v1, "cpuacct"));
	CHECK(!ct_hierarchy_has(&v1, "cpua"));
	CHECK(!ct_hierarchy_has(&v1, ""));
	CHECK(ct_hierarchy_has(&v2, ""));
	CHECK(!ct_hierarchy_has(&v2, "memory"));
}
