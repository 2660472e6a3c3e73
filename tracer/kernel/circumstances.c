/* SPDX-License-Identifier: MIT */
/*
 * The same errno has many causes. What tells them apart is in /proc, as long as the task
 * stands where its call has failed; only texts are copied, files are not touched: a file
 * system may be served by a tracee, which would have to be served by us first.
 */
#include "engine_internal.h"

#include "capture.h"
#include "failure.h"
#include "procfs.h"

#define LSM_BYTES    4096
#define LIMITS_BYTES 4096

static bool has_path(const struct ct_plan *plan)
{
	for (int i = 0; i < plan->n_args; i++)
		if (plan->arg[i].take == CT_TAKE_PATH || plan->arg[i].take == CT_TAKE_FD)
			return true;
	return false;
}

static void take_rights(struct ct_task *task)
{
	struct ct_blob_owners owners;

	ct_capture_state(&task->rec, task->tid,
			 CT_PLAN_STATUS | CT_PLAN_NS | CT_PLAN_CGROUP);
	ct_capture_text(&task->rec, task->tid, CT_BLOB_LSM, "attr/current", LSM_BYTES);
	ct_procfs_owners(task->tid, &owners);
	ct_recbuf_blob(&task->rec, CT_BLOB_OWNERS, CT_BLOB_TASK, &owners, sizeof(owners));
}

void ct_circumstances_take(struct ct_task *task, int error)
{
	unsigned int ask = ct_failure_asks(task->plan, error);
	bool mounts = (ask & CT_ASK_MOUNTS) && has_path(task->plan);

	if (ask & CT_ASK_STATUS)
		ct_capture_state(&task->rec, task->tid, CT_PLAN_STATUS);
	if (ask & CT_ASK_RIGHTS)
		take_rights(task);
	if (mounts)
		ct_capture_mounts(&task->rec, task->tid, CT_BLOB_MOUNTS);
	if ((ask & CT_ASK_LIMITS) && !mounts)
		ct_capture_text(&task->rec, task->tid, CT_BLOB_LIMITS, "limits",
				LIMITS_BYTES);
}
