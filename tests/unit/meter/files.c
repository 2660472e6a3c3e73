/* SPDX-License-Identifier: MIT */
/* Texts of cgroup files, as kernels write them and as none does. */
#include "files.h"
#include "test.h"

struct read {
	int64_t figures[CT_FIGURES];
};

/* What a file of this version and name says. */
static struct read read_file(int version, const char *name, const char *text)
{
	struct ct_meter_file files[CT_METER_FILES_MAX];
	size_t n = ct_meter_files(files);
	struct read r;
	bool found = false;

	memset(r.figures, -1, sizeof(r.figures));
	for (size_t i = 0; i < n; i++) {
		if (files[i].version != version || strcmp(files[i].name, name) != 0)
			continue;
		found = true;
		ct_meter_parse(r.figures, &files[i], ct_span_of(text, strlen(text)));
	}
	CHECK(found);
	return r;
}

#define SAYS(version, name, text, figure, value) \
	CHECK_INT(read_file(version, name, text).figures[CT_FIGURE_##figure], value)

TEST(single_numbers)
{
	SAYS(1, "memory.usage_in_bytes", "104857600\n", MEMORY, 104857600);
	SAYS(1, "memory.max_usage_in_bytes", "0\n", MEMORY_PEAK, 0);
	SAYS(1, "cpuacct.usage", "267769705010\n", CPU, 267769705010);
	SAYS(2, "memory.current", "4096", MEMORY, 4096);
	SAYS(2, "pids.current", "3\n", PIDS, 3);
	SAYS(2, "pids.peak", "7\n", PIDS_PEAK, 7);
}

TEST(limits_and_none)
{
	SAYS(1, "memory.limit_in_bytes", "104857600\n", MEMORY_LIMIT, 104857600);
	SAYS(1, "memory.limit_in_bytes", "9223372036854771712\n", MEMORY_LIMIT, -1);
	SAYS(2, "memory.max", "max\n", MEMORY_LIMIT, -1);
	SAYS(2, "memory.max", "0\n", MEMORY_LIMIT, 0);
	SAYS(1, "cpu.cfs_quota_us", "-1\n", CPU_QUOTA, -1);
	SAYS(1, "cpu.cfs_quota_us", "50000\n", CPU_QUOTA, 50000);
	SAYS(2, "cpu.max", "50000 100000\n", CPU_QUOTA, 50000);
	SAYS(2, "cpu.max", "50000 100000\n", CPU_PERIOD, 100000);
	SAYS(2, "cpu.max", "max 100000\n", CPU_QUOTA, -1);
	SAYS(1, "pids.max", "max\n", PIDS_LIMIT, -1);
	SAYS(1, "pids.max", "2048\n", PIDS_LIMIT, 2048);
}

TEST(counters_by_name)
{
	static const char v1[] = "nr_periods 40\nnr_throttled 17\nthrottled_time 901\n"
				 "nr_bursts 0\nburst_time 0\n";
	static const char v2[] = "usage_usec 4097\nuser_usec 4000\nsystem_usec 97\n"
				 "nr_periods 5\nnr_throttled 2\nthrottled_usec 11\n";

	SAYS(1, "cpu.stat", v1, CPU_PERIODS, 40);
	SAYS(1, "cpu.stat", v1, CPU_THROTTLED, 17);
	SAYS(1, "cpu.stat", v1, CPU_THROTTLED_NS, 901);
	SAYS(1, "cpu.stat", v1, CPU, -1);
	SAYS(2, "cpu.stat", v2, CPU, 4097000);
	SAYS(2, "cpu.stat", v2, CPU_THROTTLED_NS, 11000);
	SAYS(1, "memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n",
	     OOM_KILLS, 1);
	SAYS(2, "memory.events",
	     "low 0\nhigh 0\nmax 91\noom 1\noom_kill 1\noom_group_kill 0\n", MEMORY_HITS,
	     91);
	SAYS(2, "memory.events", "oom_kill 2", OOM_KILLS, 2);
	SAYS(1, "pids.events", "max 12\n", PIDS_REFUSED, 12);
}

TEST(sums_over_devices)
{
	static const char v1[] = "8:0 Read 4096\n8:0 Write 1\n8:0 Sync 4097\n"
				 "8:16 Read 10\n8:16 Write 20\nTotal 4127\n";
	static const char v2[] =
		"8:16 rbytes=1459200 wbytes=314773504 rios=192 wios=353 dbytes=0\n"
		"8:0 rbytes=800 wbytes=96 rios=8 wios=47 dbytes=0 dios=0\n253:0 \n";

	SAYS(1, "blkio.throttle.io_service_bytes_recursive", v1, IO_READ, 4106);
	SAYS(1, "blkio.throttle.io_service_bytes_recursive", v1, IO_WRITTEN, 21);
	SAYS(1, "blkio.throttle.io_serviced_recursive", "Total 0\n", IO_READS, 0);
	SAYS(2, "io.stat", v2, IO_READ, 1460000);
	SAYS(2, "io.stat", v2, IO_WRITTEN, 314773600);
	SAYS(2, "io.stat", v2, IO_READS, 200);
	SAYS(2, "io.stat", "", IO_WRITES, 0);
}

TEST(what_is_no_figure)
{
	SAYS(2, "memory.current", "", MEMORY, -1);
	SAYS(2, "memory.current", "\n", MEMORY, -1);
	SAYS(2, "memory.current", "-5\n", MEMORY, -1);
	SAYS(2, "memory.current", "12kB\n", MEMORY, -1);
	SAYS(2, "memory.current", "99999999999999999999\n", MEMORY, -1);
	SAYS(2, "memory.current", "9223372036854775807\n", MEMORY, -1);
	SAYS(2, "cpu.stat", "usage_usec 9223372036854775807\n", CPU, -1);
	SAYS(2, "cpu.stat", "usage_usecs 5\nusage_usec\n", CPU, -1);
	SAYS(2, "io.stat", "8:0 rbytes=9223372036854775807\n8:1 rbytes=1\n", IO_READ, -1);
	SAYS(2, "io.stat", "8:0 rbytes rbytes= =5 rbytes=x rbytes=-1\n", IO_READ, 0);
	SAYS(1, "blkio.throttle.io_serviced_recursive", "8:0 Read\n8:0 Read x\nRead 5",
	     IO_READS, 0);
}

TEST(the_first_of_two_hierarchies_counts)
{
	struct ct_meter_file files[CT_METER_FILES_MAX];
	size_t n = ct_meter_files(files);
	int64_t figures[CT_FIGURES];

	memset(figures, -1, sizeof(figures));
	for (size_t i = 0; i < n; i++)
		if (!strcmp(files[i].name, "cpuacct.usage"))
			ct_meter_parse(figures, &files[i], ct_span_of("5000", 4));
	for (size_t i = 0; i < n; i++)
		if (!strcmp(files[i].name, "cpu.stat"))
			ct_meter_parse(figures, &files[i],
				       ct_span_of("usage_usec 7", 12));
	CHECK_INT(figures[CT_FIGURE_CPU], 5000);
}
