/* SPDX-License-Identifier: MIT */
/* The trials that have a file of their own, by what they are made of. */
#ifndef CTTRACE_CHECK_TRIALS_H
#define CTTRACE_CHECK_TRIALS_H

#include "check.h"

int ct_try_bpf(struct ct_strbuf *said);
int ct_try_cgroup(struct ct_strbuf *said);
int ct_try_idmap(struct ct_strbuf *said);
int ct_try_runtimes(struct ct_strbuf *said);

#endif
