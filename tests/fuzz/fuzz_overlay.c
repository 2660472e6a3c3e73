/* SPDX-License-Identifier: MIT */
/* Any bytes as the options of an overlay mount: no layer without a name, none too many.
 */
/* links: ct_core */
#include "fuzz.h"

#include "cttrace/overlay.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ct_arena arena = CT_ARENA_INIT;
	char *options = ct_arena_strndup(&arena, (const char *)data, size);
	struct ct_overlay overlay;
	size_t bytes = 0;

	ct_overlay_parse(&overlay, options, &arena);
	if (!overlay.upper || overlay.n_data > overlay.n_lower)
		abort();
	for (size_t i = 0; i < overlay.n_lower; i++) {
		if (!*overlay.lower[i])
			abort();
		bytes += strlen(overlay.lower[i]);
	}
	if (bytes > size)
		abort();
	ct_arena_release(&arena);
	return 0;
}
