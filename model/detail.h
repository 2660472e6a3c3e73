/* SPDX-License-Identifier: MIT */
/* The short phrase beside a phase. */
#ifndef CTTRACE_MODEL_DETAIL_H
#define CTTRACE_MODEL_DETAIL_H

#include "state.h"

/* One function for each thing that can be told; the text lives in the arena of results.
 */
typedef const char *detail_fn(struct model *m, int site, const struct ct_phase *phase);

detail_fn detail_none, detail_network, detail_namespaces, detail_cgroup, detail_rootfs,
	detail_made_before, detail_pivot, detail_capabilities, detail_seccomp,
	detail_exec, detail_run;

#endif
