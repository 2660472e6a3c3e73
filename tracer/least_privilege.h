/* SPDX-License-Identifier: MIT */
/* A tracer reads what hostile programs wrote: as root, with no more of root than it takes. */
#ifndef CTTRACE_LEAST_PRIVILEGE_H
#define CTTRACE_LEAST_PRIVILEGE_H

#include <stdbool.h>

/*
 * Gives up, for good, every capability of the calling thread that a tracer has no use
 * for; threads that it starts later have no more. writes: it is also the one who writes
 * the picture, wherever its user may.
 */
void ct_least_privilege(bool writes);

#endif
