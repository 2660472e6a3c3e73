/* SPDX-License-Identifier: MIT */
/* Any bytes as a cache of libraries, and as an ELF file with a dynamic section. */
/* links: ct_loader */
#include "fuzz.h"

#include "ldcache.h"
#include "needs.h"

#include <stdlib.h>

static void read_cache(struct ct_bytes bytes)
{
	static const char *const names[] = { "libc.so.6", "libm.so.6", "" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *path;
		uint64_t at = 0;

		while ((path = ct_ldcache_next(bytes, names[i], &at)))
			if ((const uint8_t *)path < bytes.data ||
			    (const uint8_t *)path + strlen(path) >=
				    bytes.data + bytes.len)
				abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_elf *elf = ct_elf_memory(data, size);
	struct ct_needs needs;
	size_t bytes = 0;

	read_cache((struct ct_bytes){ data, size });
	if (elf) {
		ct_needs_read(&needs, elf, &arena);
		for (size_t i = 0; i < needs.n_needed; i++) {
			if (!*needs.needed[i])
				abort();
			bytes += strlen(needs.needed[i]);
		}
		if (bytes > CT_NEEDED_MAX * size)
			abort();
		ct_elf_free(elf);
	}
	ct_arena_release(&arena);
	return 0;
}
