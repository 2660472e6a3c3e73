/* SPDX-License-Identifier: MIT */
/* The /proc parsers on the running kernel's texts, against what system calls say. */
#include "cgroup.h"
#include "maps.h"
#include "mountinfo.h"
#include "nslink.h"
#include "rlimits.h"
#include "status.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct ct_span read_all(const char *path, struct ct_arena *arena)
{
	FILE *in = fopen(path, "r");
	char *text = NULL;
	size_t cap = 0;
	ssize_t len;
	struct ct_span span;

	CHECK(in != NULL);
	len = getdelim(&text, &cap, '\0', in); /* no text of /proc holds a NUL */
	CHECK(len > 0);
	span = ct_span_of(ct_arena_memdup(arena, text, (size_t)len), (size_t)len);
	free(text);
	fclose(in);
	return span;
}

TEST(own_status_agrees_with_system_calls)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_state state = { 0 };

	CHECK_INT(prctl(PR_SET_NAME, "odd \\ name\n"), 0);
	CHECK_INT(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ct_proc_status(&state, read_all("/proc/self/status", &arena), &arena);
	CHECK_STR(state.comm, "odd \\ name\n");
	CHECK_INT(state.tgid, getpid());
	CHECK_INT(state.ppid, getppid());
	CHECK_INT(state.uid.real, getuid());
	CHECK_INT(state.gid.effective, getegid());
	CHECK(state.n_nspid >= 1);
	CHECK_INT(state.nspid[state.n_nspid - 1], getpid());
	CHECK_INT(state.no_new_privs, 1);
	CHECK_INT(state.seccomp, prctl(PR_GET_SECCOMP));
	for (int cap = 0; cap < 41; cap++)
		CHECK_INT(state.caps.bounding >> cap & 1, prctl(PR_CAPBSET_READ, cap));
	ct_arena_release(&arena);
}

TEST(own_namespaces_agree_with_stat)
{
	static const char *const links[] = { "/proc/self/ns/net", "/proc/self/ns/mnt" };
	static const enum ct_ns types[] = { CT_NS_NET, CT_NS_MNT };

	for (int i = 0; i < 2; i++) {
		char link[64];
		ssize_t len = readlink(links[i], link, sizeof(link));
		struct stat st;
		uint64_t inode;

		CHECK(len > 0 && !stat(links[i], &st));
		CHECK_INT(ct_proc_nslink(ct_span_of(link, (size_t)len), &inode),
			  types[i]);
		CHECK_INT(inode, st.st_ino);
	}
}

TEST(own_maps_hold_this_function)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_span rest = read_all("/proc/self/maps", &arena);
	uint64_t here = (uint64_t)(uintptr_t)own_maps_hold_this_function;
	struct ct_map map;
	bool found = false;

	while (ct_proc_maps_next(&rest, &map, &arena)) {
		struct stat st;

		if (here < map.start || here >= map.end)
			continue;
		found = true;
		CHECK(map.perms & CT_MAP_EXEC);
		CHECK_INT(stat(map.path, &st), 0);
		CHECK_INT(map.inode, st.st_ino);
	}
	CHECK(found);
	ct_arena_release(&arena);
}

TEST(own_mounts_have_a_proc_where_proc_is)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_span rest = read_all("/proc/self/mountinfo", &arena);
	struct ct_mountinfo mount;
	bool found = false;

	while (ct_proc_mountinfo_next(&rest, &mount, &arena))
		found |= !strcmp(mount.target, "/proc") && !strcmp(mount.type, "proc");
	CHECK(found);
	ct_arena_release(&arena);
}

TEST(own_cgroups_have_absolute_paths)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_span text = read_all("/proc/self/cgroup", &arena);
	struct ct_state state = { 0 };
	size_t lines = 0;

	ct_proc_cgroup(&state, text, &arena);
	for (const char *p = text.at; p < text.end; p++)
		lines += *p == '\n';
	CHECK_INT(state.n_cgroups, lines);
	for (size_t i = 0; i < state.n_cgroups; i++)
		CHECK_INT(state.cgroups[i].path[0], '/');
	ct_arena_release(&arena);
}

TEST(own_limits_agree_with_getrlimit)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_span rest = read_all("/proc/self/limits", &arena);
	struct rlimit files = { 0 };
	struct ct_limit_pair limit;
	int n = 0, found = 0;

	CHECK_INT(getrlimit(RLIMIT_NOFILE, &files), 0);
	for (; ct_proc_rlimits_next(&rest, &limit, &arena); n++)
		if (!strcmp(limit.name, "Max open files")) {
			found++;
			CHECK_INT(limit.soft, files.rlim_cur);
			CHECK_INT(limit.hard, files.rlim_max);
		}
	CHECK_INT(n, RLIM_NLIMITS);
	CHECK_INT(found, 1);
	ct_arena_release(&arena);
}
