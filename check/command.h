/* SPDX-License-Identifier: MIT */
/* Other programs that a trial asks. No shell is between: nothing has to be quoted. */
#ifndef CTTRACE_CHECK_COMMAND_H
#define CTTRACE_CHECK_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

/* Is there an executable file of that name in PATH? */
bool ct_command_exists(const char *name);

/*
 * Runs argv[0] with nothing to read. The first line of what it writes goes into `line`,
 * also of what it writes to stderr if `errors`. Its wait status; -errno: it cannot be
 * run.
 */
int ct_command_run(const char *const argv[], bool errors, char *line, size_t size);

#endif
