/* SPDX-License-Identifier: MIT */
/* /etc/ld.so.cache: glibc's table from the names of libraries to their paths. */
#ifndef CTTRACE_LOADER_LDCACHE_H
#define CTTRACE_LOADER_LDCACHE_H

#include "bytes.h"

/*
 * The path of the next entry of that name, from entry *at on, which moves behind it;
 * NULL: there is no further one. There are several of a name: one for each architecture,
 * and for processors that can more.
 */
const char *ct_ldcache_next(struct ct_bytes cache, const char *name, uint64_t *at);

#endif
