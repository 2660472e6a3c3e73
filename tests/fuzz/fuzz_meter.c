/* SPDX-License-Identifier: MIT */
/* Any bytes as each of the files of a cgroup, and as its path. */
/* links: ct_meter */
#include "fuzz.h"

#include "files.h"
#include "hierarchy.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct ct_mountinfo mount = {
		.root = "/a", .target = "/m", .type = "cgroup2", .fs_options = ""
	};
	struct ct_meter_file files[CT_METER_FILES_MAX];
	size_t n = ct_meter_files(files);
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_cgroup cgroup = { 0, "", NULL };
	int64_t figures[CT_FIGURES];
	char *dir;

	for (size_t i = 0; i < n; i++) {
		memset(figures, -1, sizeof(figures));
		ct_meter_parse(figures, &files[i], ct_span_of(data, size));
		for (int f = 0; f < CT_FIGURES; f++)
			if (figures[f] < -1)
				abort();
	}
	cgroup.path = ct_arena_strndup(&arena, (const char *)data, size);
	dir = ct_hierarchy_directory(&cgroup, &mount, 1);
	/* never out of what is mounted by its first step */
	if (dir && (strncmp(dir, "/m", 2) != 0 || !strncmp(dir, "/m/..", 5)))
		abort();
	if (ct_hierarchy_apart(cgroup.path, "/a/b") < 0)
		abort();
	free(dir);
	ct_arena_release(&arena);
	return 0;
}
