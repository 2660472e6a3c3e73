/* SPDX-License-Identifier: MIT */
/* Any bytes as a text to be made comparable: nothing is read beyond it, none is lost. */
/* links: ct_diff */
#include "fuzz.h"

#include "normal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int32_t pids[] = { 12, 4711 };
	const char *ids[] = { "c1", "" };
	struct normal n = { pids, 2, ids, 2 };

	for (enum normal_kind kind = NORMAL_TEXT; kind <= NORMAL_PATH; kind++) {
		CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
		char *exact = malloc(size ? size : 1); /* so that reading on is seen */

		for (size_t i = 0; i < size; i++)
			exact[i] = (char)data[i];
		normal_add(&out, &n, kind, exact, size);
		/* the longest word for the shortest thing */
		if (!out.len != !size || out.len > size * 16)
			abort();
		free(exact);
	}
	return 0;
}
