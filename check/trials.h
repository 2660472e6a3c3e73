/* SPDX-License-Identifier: MIT */
/* The trials that are made of other programs and of the tracer's own parts. */
#ifndef CTTRACE_CHECK_TRIALS_H
#define CTTRACE_CHECK_TRIALS_H

#include "check.h"

int ct_try_bpf(struct ct_strbuf *said);
int ct_try_cgroup(struct ct_strbuf *said);
int ct_try_newuidmap(struct ct_strbuf *said);
int ct_try_runtimes(struct ct_strbuf *said);

#endif
