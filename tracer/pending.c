/* SPDX-License-Identifier: MIT */
/* As many places as there ever were tasks in a call at once: a handful. */
#include "pending.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

void ct_pending_release(struct ct_pending *pending)
{
	for (size_t i = 0; i < pending->n_calls; i++)
		free(pending->calls[i].rec);
	free(pending->calls);
	memset(pending, 0, sizeof(*pending));
}

static struct ct_pending_call *free_place(struct ct_pending *pending)
{
	for (size_t i = 0; i < pending->n_calls; i++)
		if (!pending->calls[i].serial)
			return &pending->calls[i];
	return ct_push(pending->calls, pending->n_calls, pending->cap_calls);
}

void ct_pending_add(struct ct_pending *pending, const struct ct_record *rec)
{
	struct ct_pending_call *call = free_place(pending);

	if (call->cap < rec->size) {
		call->cap = rec->size;
		call->rec = ct_realloc(call->rec, call->cap, 1);
	}
	memcpy(call->rec, rec, rec->size);
	call->serial = rec->task.serial;
}

struct ct_record *ct_pending_take(struct ct_pending *pending, uint32_t serial)
{
	for (size_t i = 0; i < pending->n_calls; i++) {
		struct ct_pending_call *call = &pending->calls[i];

		if (!call->serial || (serial && call->serial != serial))
			continue;
		call->serial = 0;
		return call->rec;
	}
	return NULL;
}
