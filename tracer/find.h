/* SPDX-License-Identifier: MIT */
/* Processes by their name. */
#ifndef CTTRACE_TRACER_FIND_H
#define CTTRACE_TRACER_FIND_H

#include <stddef.h>
#include <sys/types.h>

/* A set of process ids, each of them once. */
struct ct_pids {
	pid_t *pid; /* to be freed */
	size_t n;
	size_t n_asked; /* the first ones: asked for by number, not found by name */
};

void ct_pids_add(struct ct_pids *pids, pid_t pid);
/* Adds all processes whose name, or whose program's file name, it is. How many. */
size_t ct_pids_find(struct ct_pids *pids, const char *name);

#endif
