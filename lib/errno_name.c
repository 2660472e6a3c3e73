/* SPDX-License-Identifier: MIT */
/* Error numbers to names. */
#include "cttrace/errno.h"

#include <stddef.h>

const char *ct_errno_name(int error)
{
	static const char *const names[] = {
#define ERRNO(number, name) [number] = #name,
#include "errno.def"
#undef ERRNO
	};

	if (error < 0 || (size_t)error >= sizeof(names) / sizeof(*names) || !names[error])
		return "?";
	return names[error];
}
