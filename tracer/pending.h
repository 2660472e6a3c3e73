/* SPDX-License-Identifier: MIT */
/* Calls that were seen at their entry, and whose results the second eye will tell. */
#ifndef CTTRACE_TRACER_PENDING_H
#define CTTRACE_TRACER_PENDING_H

#include "recbuf.h"

#include <stdbool.h>

/* Zeroed before use. A task is in one call at a time. */
struct ct_pending {
	struct ct_pending_call {
		uint32_t serial; /* 0: free */
		struct ct_record *rec;
		size_t cap;
	} * calls;
	size_t n_calls, cap_calls;
	struct ct_recbuf ended;
};

void ct_pending_release(struct ct_pending *pending);

/* Takes a copy; the task has no other. */
void ct_pending_add(struct ct_pending *pending, const struct ct_record *rec);
/* Takes out the call of a task (serial 0: of any), or NULL. Valid until the next is
 * added. */
struct ct_record *ct_pending_take(struct ct_pending *pending, uint32_t serial);

/* Does a record say all that there is to say of a call that was seen at its entry? The
 * execve that has become an exec. */
bool ct_pending_is_told(const struct ct_record *call, const struct ct_record *rec);
/* The call with what the second eye says of its end; valid until the next one. */
const struct ct_record *ct_pending_end(struct ct_pending *pending,
				       const struct ct_record *call,
				       const struct ct_record *end);

#endif
