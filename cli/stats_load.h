/* SPDX-License-Identifier: MIT */
/* Reading many traces, a few at a time. */
#ifndef CTTRACE_CLI_STATS_LOAD_H
#define CTTRACE_CLI_STATS_LOAD_H

#include "cttrace/stats.h"

/*
 * The numbers of n traces. One that cannot be read is left out and said on stderr;
 * *n_unread counts those.
 */
struct ct_sample *stats_load(char *const *paths, size_t n, size_t *n_unread);

#endif
