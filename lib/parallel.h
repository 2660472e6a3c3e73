/* SPDX-License-Identifier: MIT */
/* A few pieces of work at the same time, each on a thread of its own. */
#ifndef CTTRACE_LIB_PARALLEL_H
#define CTTRACE_LIB_PARALLEL_H

#include <stddef.h>

/* How many threads are of use: as many as there are processors, up to `most`; at least 1.
 */
size_t ct_parallel_width(size_t most);

/* Calls work(ctx, i) for each i below n, and returns when all of them have. */
void ct_parallel(size_t n, void (*work)(void *ctx, size_t i), void *ctx);

#endif
