/* SPDX-License-Identifier: MIT */
/* Any bytes as Go's function table: every answer lies inside the table. */
/* links: ct_stack */
#include "fuzz.h"

#include "pclntab.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint64_t text = 0x401000;
	struct ct_pclntab tab;

	if (!ct_pclntab_init(&tab, (struct ct_bytes){ data, size }, text))
		return 0;
	for (uint64_t pc = text; pc < text + 64; pc++) {
		struct ct_go_function fn;
		unsigned int line;
		const char *file;

		if (!ct_pclntab_find(&tab, pc, &fn))
			continue;
		if (pc < fn.start || pc >= fn.end || (const uint8_t *)fn.name < data ||
		    (const uint8_t *)fn.name + strlen(fn.name) >= data + size)
			abort();
		if (ct_pclntab_frame(&tab, &fn, pc) < -1)
			abort();
		if (ct_pclntab_line(&tab, &fn, pc, &file, &line) &&
		    (const uint8_t *)file + strlen(file) >= data + size)
			abort();
	}
	return 0;
}
