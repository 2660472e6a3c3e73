/* SPDX-License-Identifier: MIT */
/* What is set for a container's processes, and who wrote the maps of their ids. */
#include "cttrace/strbuf.h"
#include "script.h"
#include "test.h"

#include <errno.h>

/* What happens in a container with id maps; its init is 11. */
static struct script *run(const char *rest)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	ct_strbuf_adds(&text, "10 root\n"
			      "10 exec /opt/rt rt\n"
			      "10 clone 11 NEWUSER|NEWNS ns:user=5,mnt=1\n");
	ct_strbuf_adds(&text, rest);
	return script_run(text.data);
}

TEST(who_writes_a_map_is_noted_refused_or_not)
{
	struct script *s = run("10 write /proc/11/uid_map 0~0~2 err:1\n"
			       "10 fork 12\n"
			       "12 exec /usr/bin/newuidmap newuidmap\n"
			       "12 write /proc/11/uid_map 0~1000~1\\n1~70000~10\n"
			       "10 write /proc/11/setgroups deny\n"
			       "11 exec /app app\n");
	const struct ct_container *c = &s->model->containers[0];

	CHECK_INT(c->n_uid_map, 2);
	CHECK_INT(c->n_map_writes, 3);
	CHECK_INT(c->map_writes[0].error, EPERM);
	CHECK_STR(c->map_writes[1].file, "uid_map");
	CHECK_INT(s->model->processes[c->map_writes[1].process].role, CT_ROLE_IDMAP);
	CHECK_STR(c->map_writes[2].file, "setgroups");
	script_free(s);
}

TEST(a_number_that_is_used_again_has_no_map)
{
	struct script *s = run("10 write /proc/11/uid_map 0~0~2\n"
			       "11 kill 9\n"
			       "10 clone 13 NEWUSER|NEWNS ns:user=5,mnt=2\n"
			       "10 write /proc/13/uid_map 0~7~1\n"
			       "13 exec /app app\n");
	const struct ct_container *c = &s->model->containers[s->model->n_containers - 1];

	CHECK_INT(c->n_map_writes, 1);
	CHECK_STR(c->map_writes[0].value, "0 7 1");
	script_free(s);
}

TEST(settings_of_the_kernel_and_refused_labels)
{
	struct script *s = run("11 write /proc/sys/net/ipv4/ip_forward 1\n"
			       "11 write /proc/self/attr/exec exec~box err:22\n"
			       "11 sethostname box\n"
			       "11 exec /app app\n"
			       "11 write /proc/sys/kernel/msgmax 1\n");
	const struct ct_container *c = &s->model->containers[0];

	CHECK_INT(c->n_acts, 3);
	CHECK_STR(c->acts[0].kind, "sysctl");
	CHECK_STR(c->acts[0].name, "net.ipv4.ip_forward");
	CHECK_STR(c->acts[0].value, "1");
	CHECK(script_fact(s, 4)->tags & 1u << CT_TAG_SYSCTL);
	CHECK_STR(c->acts[1].kind, "lsm-label");
	CHECK_INT(c->acts[1].error, EINVAL);
	CHECK_STR(c->acts[2].value, "box");
	script_free(s);
}

TEST(a_cgroup_is_frozen_killed_and_removed_by_others)
{
	struct script *s = run(
		"10 write /sys/fs/cgroup/pids/box/cgroup.procs 11 of:11 cg:pids=/box\n"
		"11 exec /app app\n"
		"10 fork 20\n"
		"20 exec /opt/other other\n"
		"20 write /sys/fs/cgroup/freezer/box/freezer.state FROZEN\n"
		"20 write /sys/fs/cgroup/freezer/else/freezer.state FROZEN\n"
		"20 write /sys/fs/cgroup/box/cgroup.kill 1\n"
		"11 kill 9\n"
		"20 rmdir /sys/fs/cgroup/pids/box\n");
	const struct ct_container *c = &s->model->containers[0];

	CHECK_INT(c->n_acts, 3);
	CHECK_STR(c->acts[0].kind, "freezer");
	CHECK_STR(c->acts[0].value, "FROZEN");
	CHECK_STR(c->acts[1].kind, "cgroup-kill");
	CHECK_STR(c->acts[2].kind, "cgroup-removed");
	script_free(s);
}
