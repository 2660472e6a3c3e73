/* SPDX-License-Identifier: MIT */
/* As many places as there ever were tasks in a call at once: a handful. */
#include "pending.h"

#include "alloc.h"
#include "plan.h"

#include <stdlib.h>
#include <string.h>

void ct_pending_release(struct ct_pending *pending)
{
	for (size_t i = 0; i < pending->n_calls; i++)
		free(pending->calls[i].rec);
	free(pending->calls);
	ct_recbuf_release(&pending->ended);
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

static bool executes(const struct ct_record *call)
{
	return ct_plan_find((enum ct_arch)call->arch, call->nr)->flags & CT_PLAN_EXEC;
}

bool ct_pending_is_told(const struct ct_record *call, const struct ct_record *rec)
{
	if (!executes(call))
		return false;
	if (rec->kind == CT_RECORD_EXIT)
		return rec->flags & CT_EXIT_EXECUTES;
	/* of a leader, whose place another thread has taken, it is not its own */
	return rec->kind == CT_RECORD_EXEC && !rec->creator.serial;
}

const struct ct_record *ct_pending_end(struct ct_pending *pending,
				       const struct ct_record *call,
				       const struct ct_record *end)
{
	struct ct_blob_program none = { .error = (int32_t)-end->ret };
	struct ct_record *rec;

	ct_recbuf_copy(&pending->ended, call);
	/* it would have been stopped if there were such a file */
	if (end->result == CT_RESULT_ERROR && executes(call))
		ct_recbuf_blob(&pending->ended, CT_BLOB_PROGRAM, CT_BLOB_TASK, &none,
			       sizeof(none));
	rec = ct_recbuf_record(&pending->ended);
	rec->result = end->result;
	rec->ret = end->ret;
	rec->dur_ns = end->t_ns - rec->t_ns;
	return rec;
}
