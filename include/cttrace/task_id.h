/* SPDX-License-Identifier: MIT */
/* Which task an observation is about. */
#ifndef CTTRACE_TASK_ID_H
#define CTTRACE_TASK_ID_H

#include <stdint.h>

/*
 * A task (thread) of the trace. Kernel ids are reused, so the serial is what counts: it
 * starts at 1, grows by one with every task that is seen, and is unique within a trace.
 * Serial 0 is "no task" or "a task outside the trace".
 */
struct ct_task_id {
	int32_t tid; /* in the tracer's pid namespace */
	uint32_t serial;
};

#endif
