/* SPDX-License-Identifier: MIT */
/* Any bytes as /proc/PID/maps. */
/* links: ct_proc */
#include "fuzz.h"

#include "maps.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_span rest = ct_span_of(data, size);
	struct ct_map map;

	while (ct_proc_maps_next(&rest, &map, &arena))
		if (map.start >= map.end || !map.path)
			abort();
	ct_arena_release(&arena);
	return 0;
}
