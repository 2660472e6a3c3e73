/* SPDX-License-Identifier: MIT */
/* The parts of a start in time: its large phases, and the numbered steps of a runtime. */
#ifndef CTTRACE_FACTS_PHASE_H
#define CTTRACE_FACTS_PHASE_H

#include <stddef.h>
#include <stdint.h>

/* The numbered steps of a runtime, as the views count them. */
enum ct_step {
	CT_STEP_NONE,
	CT_STEP_NAMESPACES,
	CT_STEP_CGROUP,
	CT_STEP_ROOTFS,
	CT_STEP_NETWORK,
	CT_STEP_PIVOT,
	CT_STEP_CAPABILITIES,
	CT_STEP_SECCOMP,
	CT_STEP_EXEC,
	CT_STEPS,
};
const char *ct_step_name(enum ct_step step); /* "namespaces", …, "pivot_root" */

struct ct_phase {
	const char *name;  /* "command", "engine", "network", "monitor", "create", "start",
			      "run", "clean-up"; or a step's name; "join" for "create" when
			      the container is older than the trace */
	enum ct_step step; /* CT_STEP_NONE for the large phases */
	int64_t start_ns, end_ns;
	int64_t busy_ns; /* for steps that come in pieces: the sum of the pieces */
	int container;   /* -1: none, or the whole run */
	int process;     /* who leads it (role shown beside it); -1 */
	size_t n_processes;
	const char
		*detail; /* one short phrase: "+ mnt uts ipc pid", "pids.max 2048"; ""
			    when there is nothing to say; beyond ASCII only the arrow in
			    "41 → 11", and what the traced programs chose as names */
};

#endif
