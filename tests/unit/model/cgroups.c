/* SPDX-License-Identifier: MIT */
/* Moves between cgroups are what /proc shows; limits are what is written. */
#include "script.h"
#include "test.h"

TEST(writes_to_several_hierarchies_are_one_move)
{
	struct script *s =
		script_run("10 root cg:pids=/,memory=/user,=/\n"
			   "10 fork 11\n"
			   "10 write /sys/fs/cgroup/pids/x/cgroup.procs 11 of:11 "
			   "cg:pids=/x,memory=/user,=/\n"
			   "10 write /sys/fs/cgroup/memory/user/x/tasks 11 of:11 "
			   "cg:pids=/x,memory=/user/x,=/\n"
			   "10 write /sys/fs/cgroup/unified/x/cgroup.procs 11 of:11 "
			   "cg:pids=/x,memory=/user/x,=/x\n");
	const struct ct_cgroup_change *change = &s->model->cgroup_changes[0];

	CHECK_INT(s->model->n_cgroup_changes, 1);
	CHECK_INT(s->model->processes[change->process].pid, 11);
	CHECK_INT(s->model->processes[change->writer].pid, 10);
	CHECK_STR(change->from, "/");
	CHECK_STR(change->to, "/x");
	CHECK_STR(change->hierarchies, "pids,memory");
	CHECK_INT(change->n_hierarchies, 3);
	for (size_t line = 3; line <= 5; line++) {
		CHECK_INT(script_fact(s, line)->cgroup, 0);
		CHECK(script_fact(s, line)->tags & 1u << CT_TAG_CGROUP);
	}
	script_free(s);
}

TEST(a_second_move_is_another_one)
{
	struct script *s =
		script_run("10 root cg:=/\n"
			   "10 write /sys/fs/cgroup/a/cgroup.procs 10 cg:=/a\n"
			   "10 write /sys/fs/cgroup/b/cgroup.procs 10 cg:=/b\n");

	CHECK_INT(s->model->n_cgroup_changes, 2);
	CHECK_STR(s->model->cgroup_changes[0].hierarchies, "");
	CHECK_STR(s->model->cgroup_changes[1].from, "/a");
	CHECK_STR(s->model->cgroup_changes[1].to, "/b");
	script_free(s);
}

TEST(a_plain_file_called_cgroup_procs_proves_nothing)
{
	struct script *s = script_run(
		"10 root cg:pids=/\n"
		"10 fork 11\n"
		"10 write /sys/fs/cgroup/hugetlb/x/cgroup.procs 11 of:11 cg:pids=/\n"
		"10 write /sys/fs/cgroup/hugetlb/x/cgroup.procs 11\n");

	CHECK_INT(s->model->n_cgroup_changes, 0);
	CHECK_INT(script_fact(s, 3)->cgroup, -1);
	script_free(s);
}

TEST(clone_into_cgroup_is_a_move_by_birth)
{
	struct script *s = script_run("10 root cg:=/\n"
				      "10 clone 11 INTO_CGROUP cg:=/x\n");
	const struct ct_cgroup_change *change = &s->model->cgroup_changes[0];

	CHECK_INT(s->model->n_cgroup_changes, 1);
	CHECK_INT(s->model->processes[change->process].pid, 11);
	CHECK_INT(change->writer, change->process);
	CHECK_INT(change->event, 1);
	script_free(s);
}

/* crun on a host with cgroup v2 alone: one clone3 with the namespaces and the cgroup. */
TEST(an_init_that_is_born_into_a_cgroup_has_moved_there)
{
	struct script *s =
		script_run("10 root cg:=/host\n"
			   "10 exec /opt/rt rt\n"
			   "10 clone 11 NEWPID|INTO_CGROUP ns:pid=1 nspid:1 cg:=/x\n"
			   "11 exec /app app\n");
	const struct ct_container *c = &s->model->containers[0];

	CHECK_STR(c->cgroup, "/x");
	CHECK_INT(c->n_cgroup_changes, 1);
	CHECK_STR(s->model->cgroup_changes[c->cgroup_changes[0]].from, "/host");
	CHECK_STR(s->model->cgroup_changes[c->cgroup_changes[0]].to, "/x");
	script_free(s);
}

TEST(limits_of_the_runtime_belong_to_its_container)
{
	struct script *s =
		script_run("10 root\n"
			   "10 exec /opt/rt rt\n"
			   "10 write /sys/fs/cgroup/pids/x/pids.max 20\\n\n"
			   "10 clone 11 NEWPID ns:pid=1 nspid:1\n"
			   "10 write /sys/fs/cgroup/memory/x/memory.max 1G err:13\n"
			   "10 write /sys/fs/cgroup/memory/x/cgroup.procs 11\n"
			   "11 exec /app app\n");
	const struct ct_container *c = &s->model->containers[0];

	CHECK_INT(c->n_limits, 2);
	CHECK_STR(c->limits[0].file, "pids.max");
	CHECK_STR(c->limits[0].cgroup, "/sys/fs/cgroup/pids/x");
	CHECK_STR(c->limits[0].value, "20");
	CHECK(!c->limits[0].failed);
	CHECK_STR(c->limits[1].file, "memory.max");
	CHECK(c->limits[1].failed);
	script_free(s);
}

TEST(the_monitors_cgroup_is_not_the_containers)
{
	struct script *s = script_run(
		"10 root cg:=/\n"
		"10 exec /usr/bin/podman podman run x\n"
		"10 fork 20\n"
		"20 exec /usr/bin/conmon conmon -c abc\n"
		"10 write /sys/fs/cgroup/conmon/cgroup.procs 20 of:20 cg:=/conmon\n"
		"20 fork 30\n"
		"30 exec /usr/bin/crun crun run -b /b abc\n"
		"30 clone 31 NEWPID ns:pid=1 nspid:1\n"
		"30 write /sys/fs/cgroup/abc/cgroup.procs 31 of:31 cg:=/abc\n"
		"31 exec /app app\n");
	const struct ct_container *c = &s->model->containers[0];

	CHECK_INT(s->model->n_cgroup_changes, 2);
	CHECK_INT(c->n_cgroup_changes, 1);
	CHECK_INT(c->cgroup_changes[0], 1);
	CHECK_STR(c->cgroup, "/abc");
	script_free(s);
}
