/* SPDX-License-Identifier: MIT */
/* What a trace's header says of the host. */
#ifndef CTTRACE_TRACER_HOST_H
#define CTTRACE_TRACER_HOST_H

#include "cttrace/trace.h"

/* Strings live in the arena. */
void ct_host_describe(struct ct_trace_header *header, struct ct_arena *arena);
/* The mounts of our namespace, which the command will be started in. */
void ct_host_mounts(struct ct_trace_header *header, struct ct_arena *arena);

#endif
