/* SPDX-License-Identifier: MIT */
/* What is said while the recording goes on. */
#ifndef CTTRACE_CLI_LIVE_H
#define CTTRACE_CLI_LIVE_H

#include "cttrace/event.h"
#include "options.h"

/* --live: the event as one line. */
void live_event(const struct options *options, const struct ct_event *event);

/* A remark of the tracer, for who would like to know it at once. */
void live_remark(const char *text);

#endif
