/* SPDX-License-Identifier: MIT */
/* What the numbers in a cgroup's files mean, and what keeps a container apart. */
#include "script.h"
#include "test.h"

#include <string.h>

#define CONTAINER   \
	"10 root\n" \
	"10 unshare NEWNS|NEWUTS ns:mnt=1,uts=2\n"
#define PAYLOAD "10 exec /bin/sh sh\n"

/* The container's own cgroup is the one that its limits are written to. */
static void expect_meaning(const char *writes, const char *want)
{
	char script[512];
	struct script *s;

	snprintf(script, sizeof(script), CONTAINER "%s" PAYLOAD, writes);
	s = script_run(script);
	CHECK_INT(s->model->n_containers, 1);
	CHECK_STR(s->model->containers[0].limits[0].meaning, want);
	script_free(s);
}

#define WRITE(file, value) "10 write /sys/fs/cgroup/x/" file " " value "\n"

TEST(memory_is_said_in_the_largest_unit)
{
	expect_meaning(WRITE("memory.max", "536870912"),
		       "512 MiB at most; above it a process is killed");
	expect_meaning(WRITE("memory.limit_in_bytes", "1610612736"),
		       "1.50 GiB at most; above it a process is killed");
	expect_meaning(WRITE("memory.high", "1000"), "slowed down above 1000 bytes");
	expect_meaning(WRITE("memory.max", "max"), "no limit");
	expect_meaning(WRITE("memory.memsw.limit_in_bytes", "-1"), "no limit");
}

TEST(processor_time_is_said_in_cpus)
{
	expect_meaning(WRITE("cpu.max", "50000~100000"), "half a CPU at most");
	expect_meaning(WRITE("cpu.max", "150000~100000"), "1.50 of a CPU at most");
	expect_meaning(WRITE("cpu.max", "200000"), "2 CPUs at most");
	expect_meaning(WRITE("cpu.max", "max~100000"), "no limit");
	expect_meaning(WRITE("cpu.max", "1~0"), "");
	expect_meaning(WRITE("cpu.cfs_quota_us", "50000"), "half a CPU at most");
	/* the period may come after its quota */
	expect_meaning(WRITE("cpu.cfs_quota_us", "50000")
			       WRITE("cpu.cfs_period_us", "50000"),
		       "one CPU at most");
	expect_meaning(WRITE("cpu.cfs_quota_us", "-1"), "no limit");
}

TEST(rates_of_devices)
{
	expect_meaning(WRITE("blkio.throttle.read_bps_device", "254:0~1048576"),
		       "reads from device 254:0: 1 MiB a second at most");
	expect_meaning(WRITE("blkio.throttle.write_iops_device", "254:0~100"),
		       "writes to device 254:0: 100 operations a second at most");
	expect_meaning(WRITE("blkio.throttle.read_bps_device", "254:0"), "");
	expect_meaning(
		WRITE("io.max", "254:0~rbps=1048576~wbps=max~wiops=100"),
		"device 254:0: reads 1 MiB, writes 100 operations a second at most");
	expect_meaning(WRITE("io.max", "254:0~rbps=max"), "no limit");
}

TEST(shares_are_said_beside_what_others_have)
{
	expect_meaning(WRITE("cpu.shares", "512"), "share 512 where others have 1024");
	expect_meaning(WRITE("cpu.weight", "20"), "share 20 where others have 100");
	expect_meaning(WRITE("blkio.weight", "300"), "share 300 where others have 500");
	expect_meaning(WRITE("io.weight", "300"), "share 300 where others have 100");
}

TEST(devices_are_said_with_what_may_be_done)
{
	expect_meaning(WRITE("devices.deny", "a"), "may not use any device");
	expect_meaning(WRITE("devices.allow", "c~1:3~rwm"),
		       "may use character device 1:3: read write mknod");
	expect_meaning(WRITE("devices.allow", "b~*:*~m"),
		       "may use block device *:*: mknod");
	expect_meaning(WRITE("devices.allow", "c"), "");
}

TEST(what_is_no_number_has_no_meaning)
{
	expect_meaning(WRITE("pids.max", "20"), "20 processes and threads at most");
	expect_meaning(WRITE("pids.max", "lots"), "");
	expect_meaning(WRITE("memory.max", "%s%n"), "");
	expect_meaning(WRITE("unheard.of", "1"), "");
}

static const struct ct_isolation *aspect(const struct script *s, const char *name)
{
	const struct ct_container *c = s->model->containers;

	for (size_t i = 0; i < c->n_isolation; i++)
		if (!strcmp(c->isolation[i].aspect, name))
			return &c->isolation[i];
	test_fail(__FILE__, __LINE__, "no aspect %s", name);
}

static void check_aspect(const struct script *s, const char *name, const char *state,
			 bool open)
{
	const struct ct_isolation *a = aspect(s, name);

	CHECK_STR(a->state, state);
	CHECK_INT(a->open, open);
	CHECK(*a->why);
}

TEST(isolation_of_a_container_that_keeps_little)
{
	struct script *s = script_run("0 table / ext4 id:1 parent:0\n"
				      "0 table /dev devtmpfs id:2 parent:1\n"
				      "10 root caps:1ffffffffff\n"
				      "10 unshare NEWNS|NEWUTS ns:mnt=1,uts=2\n"
				      "10 mount / /mnt - bind -\n"
				      "10 mount /dev/sda /mnt/disk - bind -\n" PAYLOAD);

	check_aspect(s, "mnt namespace", "private", false);
	check_aspect(s, "pid namespace", "shared with the host", true);
	check_aspect(s, "user namespace", "shared with the host", true);
	check_aspect(s, "time namespace", "shared with the host", false);
	check_aspect(s, "capabilities", "not known", false);
	check_aspect(s, "seccomp", "no filter", true);
	check_aspect(s, "root file system", "writable", true);
	check_aspect(s, "writable host paths", "2", true);
	CHECK_STR(aspect(s, "writable host paths")->detail, "/, / at /mnt");
	/* a directory that has it is as good as the socket */
	check_aspect(s, "engine socket", "mounted", true);
	check_aspect(s, "memory limit", "none", true);
	CHECK(strstr(aspect(s, "host devices")->detail, "disk"));
	script_free(s);
}

TEST(isolation_of_a_container_that_is_limited)
{
	struct script *s = script_run(
		"0 table / ext4 id:1 parent:0\n" CONTAINER WRITE("memory.max", "1048576")
			WRITE("pids.max", "7") "10 mount - / - remount|bind|ro -\n"
					       "10 write /proc/self/attr/exec "
					       "exec~guarded\n" PAYLOAD);

	check_aspect(s, "root file system", "read-only", false);
	check_aspect(s, "writable host paths", "none", false);
	check_aspect(s, "memory limit", "1 MiB at most; above it a process is killed",
		     false);
	CHECK_STR(aspect(s, "memory limit")->detail, "memory.max = 1048576");
	check_aspect(s, "pids limit", "7 processes and threads at most", false);
	check_aspect(s, "cpu limit", "none", true);
	check_aspect(s, "LSM profile", "exec guarded", false);
	script_free(s);
}
