/* SPDX-License-Identifier: MIT */
/*
 * The same errno has many causes. What tells them apart is in /proc, as long as the task
 * stands where its call has failed; only texts are copied, files are not touched: a file
 * system may be served by a tracee, which would have to be served by us first.
 */
#include "engine_internal.h"

#include "capture.h"
#include "procfs.h"

#include <errno.h>

#define LSM_BYTES    4096
#define LIMITS_BYTES 4096

enum {
	ASK_RIGHTS = 1 << 0, /* credentials, namespaces and their owners, label, cgroup */
	ASK_MOUNTS = 1 << 1, /* where the path lies */
	ASK_LIMITS = 1 << 2,
};

static const struct {
	int error;
	unsigned int ask;
	bool key_calls; /* only of a call that builds containers: this errno is common */
} rows[] = {
	{ EPERM, ASK_RIGHTS | ASK_MOUNTS | ASK_LIMITS, false },
	{ EACCES, ASK_RIGHTS | ASK_MOUNTS, false },
	{ EROFS, ASK_MOUNTS, false },
	{ EXDEV, ASK_MOUNTS, false },
	{ ENOSPC, ASK_MOUNTS | ASK_RIGHTS, false },
	{ EDQUOT, ASK_MOUNTS | ASK_RIGHTS, false },
	{ EINVAL, ASK_MOUNTS | ASK_LIMITS, true },
	{ EBUSY, ASK_MOUNTS, true },
	{ EAGAIN, ASK_RIGHTS | ASK_LIMITS, true },
	{ ENOMEM, ASK_RIGHTS | ASK_LIMITS, false },
	{ EMFILE, ASK_LIMITS, false },
	{ ENFILE, ASK_LIMITS, false },
	{ EOVERFLOW, ASK_RIGHTS, false },
};

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
	/* programs ask prctl(2) for each capability that there may be */
	bool question = task->plan->when == CT_WHEN_PRCTL;
	unsigned int ask = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].error == error &&
		    (!rows[i].key_calls || task->plan->when != CT_WHEN_FULL))
			ask = rows[i].ask;
	if (question && ask)
		ct_capture_state(&task->rec, task->tid, CT_PLAN_STATUS);
	if (question)
		return;
	if (ask & ASK_RIGHTS)
		take_rights(task);
	if ((ask & ASK_MOUNTS) && has_path(task->plan))
		ct_capture_mounts(&task->rec, task->tid, CT_BLOB_MOUNTS);
	if ((ask & ASK_LIMITS) && !(ask & ASK_MOUNTS && has_path(task->plan)))
		ct_capture_text(&task->rec, task->tid, CT_BLOB_LIMITS, "limits",
				LIMITS_BYTES);
}
