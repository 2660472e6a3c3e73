/* SPDX-License-Identifier: MIT */
/* Control data, part by part. */
#include "control.h"

#include "pointer.h"

#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

size_t ct_control_descriptors(const void *control, size_t len, size_t width, int *fds,
			      size_t max)
{
	const char *bytes = control;
	size_t head = width + 2 * sizeof(int), found = 0;

	for (size_t at = 0; len - at >= head;) {
		uint64_t part = ct_pointer_at(bytes + at, width);
		int kind[2];

		memcpy(kind, bytes + at + width, sizeof(kind));
		if (part < head || part > len - at)
			break;
		for (size_t i = head; kind[0] == SOL_SOCKET && kind[1] == SCM_RIGHTS &&
				      i + sizeof(int) <= part && found < max;
		     i += sizeof(int))
			memcpy(&fds[found++], bytes + at + i, sizeof(int));
		part = (part + width - 1) & ~(uint64_t)(width - 1);
		if (part > len - at)
			break;
		at += (size_t)part;
	}
	return found;
}
