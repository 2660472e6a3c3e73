/* SPDX-License-Identifier: MIT */
/* Any bytes as /proc/PID/status, cgroup and limits. */
/* links: ct_proc */
#include "fuzz.h"

#include "cgroup.h"
#include "rlimits.h"
#include "status.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_state state = { 0 };
	struct ct_span rest = ct_span_of(data, size);
	struct ct_limit_pair limit;

	ct_proc_status(&state, ct_span_of(data, size), &arena);
	ct_proc_cgroup(&state, ct_span_of(data, size), &arena);
	if (!state.comm || state.tgid < 0 || state.seccomp < -1)
		abort();
	for (size_t i = 0; i < state.n_nspid; i++)
		if (state.nspid[i] < 0)
			abort();
	for (size_t i = 0; i < state.n_cgroups; i++)
		if (*state.cgroups[i].path != '/' || !state.cgroups[i].controllers)
			abort();
	while (ct_proc_rlimits_next(&rest, &limit, &arena))
		if (!*limit.name || limit.soft < CT_LIMIT_NONE ||
		    limit.hard < CT_LIMIT_NONE)
			abort();
	ct_arena_release(&arena);
	return 0;
}
