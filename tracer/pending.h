/* SPDX-License-Identifier: MIT */
/* Calls that were seen at their entry, and whose results the second eye will tell. */
#ifndef CTTRACE_TRACER_PENDING_H
#define CTTRACE_TRACER_PENDING_H

#include "record.h"

/* Zeroed before use. A task is in one call at a time. */
struct ct_pending {
	struct ct_pending_call {
		uint32_t serial; /* 0: free */
		struct ct_record *rec;
		size_t cap;
	} * calls;
	size_t n_calls, cap_calls;
};

void ct_pending_release(struct ct_pending *pending);

/* Takes a copy; the task has no other. */
void ct_pending_add(struct ct_pending *pending, const struct ct_record *rec);
/* Takes out the call of a task (serial 0: of any), or NULL. Valid until the next is
 * added. */
struct ct_record *ct_pending_take(struct ct_pending *pending, uint32_t serial);

#endif
