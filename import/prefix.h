/* SPDX-License-Identifier: MIT */
/* What strace writes in front of a line: who, when, where. */
#ifndef CTTRACE_IMPORT_PREFIX_H
#define CTTRACE_IMPORT_PREFIX_H

#include "span.h"

/* A larger number is no pid: the kernel's PID_MAX_LIMIT. */
#define CT_LOG_PID_MAX 4194304

struct ct_log_prefix {
	int32_t pid;     /* 0: the line does not say */
	int64_t time_ns; /* since midnight, or 1970 if epoch; -1: the line does not say */
	int64_t delta_ns; /* -r: since the line before; -1: the line does not say */
	bool epoch;
	struct ct_span comm; /* --decode-pids=comm; empty */
};

/* Takes the prefix off the front of a line; what is none is left where it is. */
void ct_log_prefix(struct ct_span *line, struct ct_log_prefix *prefix);

/* Takes "12.000345" as nanoseconds; false, and nothing taken, if it is no such number. */
bool ct_log_seconds(struct ct_span *rest, int64_t *ns);

#endif
