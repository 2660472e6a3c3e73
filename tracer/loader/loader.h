/* SPDX-License-Identifier: MIT */
/* A dynamic loader that gives up: what its program lacks. */
#ifndef CTTRACE_LOADER_LOADER_H
#define CTTRACE_LOADER_LOADER_H

#include "recbuf.h"

#include <sys/types.h>

/*
 * The task is stopped before its end. Adds CT_BLOB_MISSING if libraries are missing;
 * false: none is, or it cannot be said.
 */
bool ct_loader_find_missing(struct ct_recbuf *rb, pid_t tid);

#endif
