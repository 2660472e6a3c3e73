/* SPDX-License-Identifier: MIT */
/* Any bytes as the control data of a message, of a wide and of a narrow task: descriptors
 * are numbers that are in it, and no more than there is room for. */
/* links: ct_record */
#include "fuzz.h"

#include "control.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (size_t width = 4; width <= 8; width += 4) {
		int fds[ROOM];
		size_t n = ct_control_descriptors(data, size, width, fds, ROOM);

		if (n > ROOM || n * sizeof(*fds) > size)
			abort();
		for (size_t i = 0; i < n; i++)
			if (!memmem(data, size, &fds[i], sizeof(*fds)))
				abort();
		if (n && ct_control_descriptors(data, size, width, fds, n - 1) != n - 1)
			abort();
	}
	return 0;
}
