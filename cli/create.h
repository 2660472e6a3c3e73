/* SPDX-License-Identifier: MIT */
/* New files for traces, which hold secrets. */
#ifndef CTTRACE_CLI_CREATE_H
#define CTTRACE_CLI_CREATE_H

#include "cttrace/error.h"

#include <sys/types.h>

struct create_owner {
	uid_t uid;
	gid_t gid;
};

/*
 * Opens `path` for writing: a new file with mode 0600, in the place of one that is there,
 * so that nobody has it open already; a device, a pipe or a terminal as it is. No
 * symbolic link is followed at its end. The descriptor, or -errno with err filled.
 *
 * owner: made with that user's rights, as theirs. What they may not write to is made with
 * ours, where no symbolic link leads: it may be that user who has put it there. NULL:
 * nobody else's.
 */
int create_file(const char *path, const struct create_owner *owner, struct ct_error *err);

#endif
