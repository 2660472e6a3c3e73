/* SPDX-License-Identifier: MIT */
/* Any bytes as a kernel's description of itself. */
/* links: ct_failures */
#include "fuzz.h"

#include "btf.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct ct_btf_member members[] = { { "dentry", "d_name" },
							{ "file", "f_path" },
							{ "file", "none" } };
	uint32_t offsets[3];

	if (!ct_btf_offsets(data, size, members, 2, offsets) &&
	    (offsets[0] == UINT32_MAX || offsets[1] == UINT32_MAX))
		abort();
	ct_btf_offsets(data, size, members, 3, offsets);
	return 0;
}
