/* SPDX-License-Identifier: MIT */
/* The views of mount table and isolation, of a container made by hand. */
#include "build.h"
#include "cttrace/render.h"
#include "steps.h"
#include "test.h"

#include <string.h>

static struct ct_mounted mounted(const char *target, const char *type, const char *flags,
				 int parent)
{
	return (struct ct_mounted){ .target = target,
				    .type = type,
				    .source = type,
				    .root = "/",
				    .host = "",
				    .flags = flags,
				    .propagation = "private",
				    .options = "",
				    .upper = "",
				    .parent = parent,
				    .event = -1 };
}

static void check_view(struct build *b, const char *view, int width, const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;
	struct ct_render_options options = { .view = view, .width = width };
	struct ct_error err = { 0 };

	CHECK_INT(ct_render(&got, ct_render_find("ascii"), &b->model, &options, &err), 0);
	/* the headline has its own tests */
	CHECK_STR(strstr(got.data, want) ? want : got.data, want);
}

static struct ct_container *container(struct build *b)
{
	build_init(b, "crun run web");
	return build_container(b, "web", build_process(b, 0, 10, -1, CT_ROLE_INIT, "sh"));
}

TEST(mounts_are_a_tree_by_target)
{
	static const char *lower[] = { "/l/two", "/l/one" };
	struct ct_mounted table[] = {
		mounted("/", "overlay", "rw,relatime", -1),
		mounted("/proc", "proc", "rw,nosuid,relatime", 0),
		mounted("/data", "ext4", "ro,relatime", 0),
		mounted("/data-2", "tmpfs", "rw,noatime", 0),
		mounted("/proc/sys", "proc", "ro,relatime", 1),
		mounted("/data/\033[31m", "tmpfs", "rw,relatime", 2),
		mounted("/proc/keys", "tmpfs", "rw,relatime", 1),
		mounted("/data-2", "", "rw", 3),
	};
	struct build b;
	struct ct_container *c = container(&b);

	table[0].upper = "/l/upper";
	table[0].lower = lower;
	table[0].n_lower = 2;
	table[2].host = "/srv/data";
	table[2].propagation = "slave";
	table[3].covered = true;
	table[4].read_only_path = true;
	table[6].masked = true;
	c->mount_table = table;
	c->n_mount_table = sizeof(table) / sizeof(table[0]);
	c->ns[CT_NS_MNT].how = CT_NS_UNSHARE;
	check_view(&b, "mounts", 100,
		   "mounts of container web: 8 (step 3)\n"
		   "  /             overlay    rw\n"
		   "    written to /l/upper\n"
		   "    layer 2 /l/two\n"
		   "    layer 1 /l/one\n"
		   "    data        ext4       ro slave    from /srv/data\n"
		   "      \\x1b[31m  tmpfs      rw\n"
		   "    data-2      covered    rw noatime\n"
		   "      /data-2   ?          rw\n"
		   "    proc        proc       rw nosuid\n"
		   "      keys      masked     rw\n"
		   "      sys       read-only  ro\n"
		   "  The trace does not have the table that this one began with: mounts "
		   "from before it are missing.\n");
	build_release(&b);
}

TEST(a_container_without_a_table_says_why)
{
	struct build b;
	struct ct_container *c = container(&b);

	check_view(&b, "mounts", 100,
		   "mounts of container web (step 3)\n"
		   "  those of the host: it has no mount namespace of its own\n");
	c->ns[CT_NS_MNT].how = CT_NS_SETNS;
	check_view(&b, "mounts", 100,
		   "  not known: nothing of its mount namespace is in the trace\n");
	build_release(&b);
}

TEST(isolation_says_why_where_something_is_open)
{
	struct ct_isolation rows[] = {
		{ "pid namespace", "private", "", "without one it sees all", false },
		{ "capabilities", "2 of 41", "cap_chown, cap_sys_admin (!)", "power",
		  true },
	};
	struct build b;
	struct ct_container *c = container(&b);

	c->isolation = rows;
	c->n_isolation = 2;
	check_view(&b, "isolation", 80,
		   "isolation of container web (1-8: step; !: open to the host)\n"
		   "1   pid namespace         private\n"
		   "6 ! capabilities          2 of 41\n"
		   "                          cap_chown, cap_sys_admin (!)\n"
		   "                          power\n");
	build_release(&b);
}

TEST(each_aspect_of_isolation_belongs_to_a_step)
{
	static const char *const aspects[] = {
#define ASPECT(name, function, argument, why) name,
#include "model/isolation.def"
#undef ASPECT
	};

	for (size_t i = 0; i < sizeof(aspects) / sizeof(*aspects); i++)
		if (!ct_step_of_aspect(aspects[i]))
			test_fail(__FILE__, __LINE__, "%s", aspects[i]);
	CHECK_INT(ct_step_of_aspect("pid namespace"), CT_STEP_NAMESPACES);
	CHECK_INT(ct_step_of_aspect("no such aspect"), CT_STEP_NONE);
	/* of config.json */
	CHECK_INT(ct_step_of_aspect("namespace"), CT_STEP_NAMESPACES);
	CHECK_INT(ct_step_of_aspect("limit"), CT_STEP_CGROUP);
	CHECK_INT(ct_step_of_aspect("rlimit"), CT_STEP_NONE);
}
