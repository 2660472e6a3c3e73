/* SPDX-License-Identifier: MIT */
/* Real processes, and a small engine that attaches to them. */
#ifndef CTTRACE_TESTS_KERNEL_ATTACHED_H
#define CTTRACE_TESTS_KERNEL_ATTACHED_H

#include "engine.h"

#include <sys/types.h>

struct seen {
	int tasks, programs, notes;
	int calls;   /* that returned */
	int ongoing; /* that did not */
	int64_t ongoing_nr;
};

/* Its key calls are rmdir and openat. */
struct ct_engine *engine_for(struct seen *seen, enum ct_depth_option depth);
/* Detaches after a moment, and leaves at the latest when the patience is over. */
void trace_until(pid_t pid, struct seen *seen, enum ct_depth_option depth,
		 int patience_ms);
/* Who can stop is let go, however busy the machine is. */
void trace_for_a_while(pid_t pid, struct seen *seen, enum ct_depth_option depth);

/* The threads of a process, and how many of them are traced. */
struct threads {
	pid_t last; /* that is not the leader */
	int traced;
};
struct threads threads_of(pid_t pid);

/* A child that is killed with this process; fn runs in it. */
pid_t start_child(void (*fn)(void));
/* It must live, and be nobody's tracee; then it is killed. */
void finish_child(pid_t pid);
void three_threads(void);
void pause_for_ever(void);

#endif
