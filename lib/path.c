/* SPDX-License-Identifier: MIT */
/* Following a symbolic link on paper. */
#include "cttrace/path.h"

#include <string.h>

const char *ct_path_lead(struct ct_arena *arena, const char *path, size_t end,
			 const char *target)
{
	size_t len = *target == '/' ? 0 : end;

	while (len && path[len - 1] != '/')
		len--; /* the link's own name */
	while (len && !strncmp(target, "../", 3)) {
		target += 3;
		while (len > 1 && path[len - 1] == '/')
			len--;
		while (path[len - 1] != '/')
			len--;
	}
	return ct_arena_printf(arena, "%.*s%s%s", (int)len, path, target, path + end);
}
