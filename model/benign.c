/* SPDX-License-Identifier: MIT */
/* Looks a failed call up in the table of harmless ones. */
#include "benign.h"

#include <errno.h>
#include <fnmatch.h>
#include <string.h>
#include <sys/mount.h>

static const struct {
	const char *call;
	int error;
	const char *path;
} rows[] = {
#define BENIGN(name, error, path) { name, error, path },
#include "benign.def"
#undef BENIGN
};

/* What the call is about, under the names that the man pages give it. */
static const char *path_of(const struct ct_event_call *call)
{
	static const char *const names[] = { "pathname", "target", "filename", "fd",
					     "path" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (*ct_call_path(call, names[i]))
			return ct_call_path(call, names[i]);
	return "";
}

/* crun asks one parent after the other to become private until one is a mount point. */
static bool is_propagation(const struct ct_event_call *call)
{
	return ct_call_int(call, "mountflags", 0) &
	       (MS_PRIVATE | MS_SLAVE | MS_SHARED | MS_UNBINDABLE);
}

bool benign_failure(const struct ct_event_call *call)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].error != call->error || strcmp(rows[i].call, call->name) != 0)
			continue;
		if (!rows[i].path)
			return true;
		if (!strcmp(rows[i].path, "propagation")
			    ? is_propagation(call)
			    : !fnmatch(rows[i].path, path_of(call), 0))
			return true;
	}
	return false;
}
