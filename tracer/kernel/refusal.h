/* SPDX-License-Identifier: MIT */
/* Why a process cannot, or must not, be attached to: in words that help. */
#ifndef CTTRACE_KERNEL_REFUSAL_H
#define CTTRACE_KERNEL_REFUSAL_H

#include "cttrace/error.h"

#include <sys/types.h>

/* Not who this tracer depends on: it would wait for itself. 0, or -EINVAL, -ESRCH. */
int ct_refusal_check(pid_t pid, struct ct_error *err);

/* PTRACE_SEIZE of the process has failed with this errno. Returns -error. */
int ct_refusal_explain(pid_t pid, int error, struct ct_error *err);

#endif
