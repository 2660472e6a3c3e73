/* SPDX-License-Identifier: MIT */
/* Directories with files as a cgroup has them: what is opened, and read until the end. */
#include "place.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void put(const char *dir, const char *file, const char *text)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	f = fopen(path, "we");
	CHECK(f);
	fputs(text, f);
	fclose(f);
}

static void make(char *top, char *inner, size_t size)
{
	CHECK(mkdtemp(top));
	snprintf(inner, size, "%s/inner", top);
	CHECK_INT(mkdir(inner, 0700), 0);
}

static void remove_all(const char *top)
{
	char command[200];

	snprintf(command, sizeof(command), "rm -r %s", top);
	CHECK_INT(system(command), 0);
}

TEST(version_2_with_controllers_above)
{
	char top[] = "/tmp/ct-meter.XXXXXX", inner[100];
	struct ct_cgroup cgroup = { 0, "", "/x/inner" };
	struct ct_place *place = ct_place_new(&cgroup, (struct ct_task_id){ 7, 1 });

	make(top, inner, sizeof(inner));
	put(inner, "cpu.stat", "usage_usec 5\n");
	put(inner, "memory.current", "4096\n");
	put(top, "memory.current", "1\n");
	put(top, "cpu.stat", "usage_usec 9\nnr_throttled 3\n");
	put(top, "cpu.max", "50000 100000\n");
	put(top, "pids.current", "2\n");
	ct_place_open(place, &cgroup, inner, 1);
	CHECK(ct_place_sample(place));
	CHECK_INT(place->figures[CT_FIGURE_CPU], 5000);
	CHECK_INT(place->figures[CT_FIGURE_MEMORY], 4096);
	CHECK_INT(place->figures[CT_FIGURE_CPU_THROTTLED], 3);
	CHECK_INT(place->figures[CT_FIGURE_CPU_QUOTA], 50000);
	CHECK_INT(place->figures[CT_FIGURE_PIDS], 2);
	CHECK_INT(place->figures[CT_FIGURE_IO_READ], -1);
	/* the same again is no news; open files outlive their names */
	CHECK(!ct_place_sample(place));
	put(inner, "memory.current", "8192\n");
	CHECK(ct_place_sample(place));
	remove_all(top);
	CHECK_INT(place->figures[CT_FIGURE_MEMORY], 8192);
	CHECK(!ct_place_sample(place));
	CHECK(!place->gone);
	ct_place_free(place);
}

TEST(a_controller_that_is_enabled_later)
{
	char top[] = "/tmp/ct-meter.XXXXXX", inner[100];
	struct ct_cgroup cgroup = { 0, "", "/inner" };
	struct ct_place *place = ct_place_new(&cgroup, (struct ct_task_id){ 7, 1 });

	make(top, inner, sizeof(inner));
	put(top, "memory.current", "8192\n");
	put(top, "memory.max", "max\n");
	put(top, "pids.current", "3\n");
	ct_place_open(place, &cgroup, inner, 1);
	CHECK(ct_place_sample(place));
	CHECK_INT(place->figures[CT_FIGURE_MEMORY], 8192);
	put(inner, "memory.current", "4096\n");
	put(inner, "memory.max", "65536\n");
	CHECK(ct_place_sample(place));
	CHECK_INT(place->figures[CT_FIGURE_MEMORY], 4096);
	CHECK_INT(place->figures[CT_FIGURE_MEMORY_LIMIT], 65536);
	CHECK_INT(place->figures[CT_FIGURE_PIDS], 3);
	ct_place_free(place);
	remove_all(top);
}

TEST(no_further_up_than_told)
{
	char top[] = "/tmp/ct-meter.XXXXXX", inner[100];
	struct ct_cgroup cgroup = { 0, "", "/inner" };
	struct ct_place *place = ct_place_new(&cgroup, (struct ct_task_id){ 7, 1 });

	make(top, inner, sizeof(inner));
	put(top, "memory.current", "1\n");
	ct_place_open(place, &cgroup, inner, 0);
	CHECK(!ct_place_sample(place));
	ct_place_free(place);
	remove_all(top);
}

TEST(version_1_hierarchies_of_one_cgroup)
{
	char top[] = "/tmp/ct-meter.XXXXXX", inner[100];
	struct ct_cgroup memory = { 4, "memory", "/p/x" }, pids = { 8, "pids", "/x" };
	struct ct_cgroup other = { 8, "pids", "/y" };
	struct ct_place *place = ct_place_new(&memory, (struct ct_task_id){ 7, 1 });

	make(top, inner, sizeof(inner));
	put(inner, "memory.usage_in_bytes", "4096\n");
	put(top, "pids.current", "2\n");
	ct_place_open(place, &memory, inner, 0);
	CHECK(ct_place_has(place, &memory));
	CHECK(!ct_place_has(place, &pids));
	CHECK(ct_place_could_have(place, &pids));
	CHECK(!ct_place_could_have(place, &other));
	ct_place_open(place, &pids, top, 0);
	CHECK(!ct_place_could_have(place, &pids));
	CHECK(ct_place_sample(place));
	CHECK_INT(place->figures[CT_FIGURE_MEMORY], 4096);
	CHECK_INT(place->figures[CT_FIGURE_PIDS], 2);
	ct_place_free(place);
	remove_all(top);
}
