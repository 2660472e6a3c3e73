/* SPDX-License-Identifier: MIT */
/* Any bytes as /proc/PID/mountinfo, and as a namespace link. */
/* links: ct_proc */
#include "fuzz.h"

#include "mountinfo.h"
#include "nslink.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_span rest = ct_span_of(data, size);
	struct ct_mountinfo mount;
	uint64_t inode;
	int type = ct_proc_nslink(rest, &inode);

	if (type < -1 || type >= CT_NS_TYPES)
		abort();
	while (ct_proc_mountinfo_next(&rest, &mount, &arena))
		if (!*mount.target || !*mount.type || !mount.source || !mount.fs_options)
			abort();
	ct_arena_release(&arena);
	return 0;
}
