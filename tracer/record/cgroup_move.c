/* SPDX-License-Identifier: MIT */
/* The name of the file says that it moves, its first number who. */
#include "cgroup_move.h"

#include <stdlib.h>
#include <string.h>

static bool ends_with(const struct ct_blob *link, const char *name)
{
	size_t len = strlen(name);

	return link->len >= len &&
	       !memcmp((const char *)ct_blob_bytes(link) + link->len - len, name, len);
}

bool ct_record_moves(const struct ct_record *rec, int32_t *pid)
{
	const struct ct_blob *link = ct_record_find(rec, CT_BLOB_LINK, 0);
	const struct ct_blob *data = ct_record_find(rec, CT_BLOB_MEM, 1);
	char text[24] = "";

	if (!link || !data ||
	    (!ends_with(link, "/cgroup.procs") && !ends_with(link, "/tasks") &&
	     !ends_with(link, "/cgroup.threads")))
		return false;
	memcpy(text, ct_blob_bytes(data),
	       data->len < sizeof(text) - 1 ? data->len : sizeof(text) - 1);
	*pid = (int32_t)strtol(text, NULL, 10);
	return true;
}
