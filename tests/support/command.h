/* SPDX-License-Identifier: MIT */
/* Other programs that a test asks: no shell reads their arguments. */
#ifndef CTTRACE_TESTS_COMMAND_H
#define CTTRACE_TESTS_COMMAND_H

#include <stddef.h>

/* Runs argv[0]; what it writes goes into `out`, as far as there is room. Its wait status. */
int command_run(const char *const argv[], char *out, size_t size);

#endif
