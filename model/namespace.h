/* SPDX-License-Identifier: MIT */
/* Which task is in which namespaces, and every change of that. */
#ifndef CTTRACE_MODEL_NAMESPACE_H
#define CTTRACE_MODEL_NAMESPACE_H

#include "state.h"

/* All CLONE_NEW… flags. */
uint64_t namespace_flags(void);

/* The namespaces of the new task f->task; `creator` is a task, or -1. */
void namespace_birth(const struct feed *f, int creator);
/* After unshare(flags) or setns(fd, flags), or a clone() whose event knows the links. */
void namespace_call(const struct feed *f, enum ct_ns_how how, uint64_t flags);
/* After execve, which moves the task into its time namespace "for children". */
void namespace_exec(const struct feed *f);

#endif
