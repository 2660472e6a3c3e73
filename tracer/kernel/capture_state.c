/* SPDX-License-Identifier: MIT */
/* What /proc says about a stopped task. */
#include "capture.h"

#include "procfs.h"

#include <limits.h>

#define TEXT_MAX   16384 /* of a file in /proc */
#define MOUNTS_MAX 262144

void ct_capture_text(struct ct_recbuf *rb, pid_t tid, enum ct_blob_kind kind,
		     const char *name, size_t max)
{
	char *buf = ct_recbuf_reserve(rb, max);
	ssize_t n = ct_procfs_text(tid, name, buf, max);

	ct_recbuf_commit(rb, kind, CT_BLOB_TASK, n, n == (ssize_t)max);
}

void ct_capture_mounts(struct ct_recbuf *rb, pid_t tid, enum ct_blob_kind kind)
{
	ct_capture_text(rb, tid, kind, "mountinfo", MOUNTS_MAX);
}

void ct_capture_state(struct ct_recbuf *rb, pid_t tid, unsigned int what)
{
	if (what & CT_PLAN_NS) {
		uint64_t *ns = ct_recbuf_reserve(rb, CT_NS_LINKS * sizeof(*ns));
		int r = ct_procfs_namespaces(tid, ns);

		ct_recbuf_commit(rb, CT_BLOB_NS, CT_BLOB_TASK,
				 r ? r : (ssize_t)(CT_NS_LINKS * sizeof(*ns)), false);
	}
	if (what & CT_PLAN_CGROUP)
		ct_capture_text(rb, tid, CT_BLOB_CGROUP, "cgroup", TEXT_MAX);
	if (what & CT_PLAN_STATUS)
		ct_capture_text(rb, tid, CT_BLOB_STATUS, "status", TEXT_MAX);
}

void ct_capture_exe(struct ct_recbuf *rb, pid_t tid)
{
	char *buf = ct_recbuf_reserve(rb, PATH_MAX);
	ssize_t n = ct_procfs_link(tid, "exe", buf, PATH_MAX);

	ct_recbuf_commit(rb, CT_BLOB_EXE, CT_BLOB_TASK, n, false);
}

void ct_capture_cmdline(struct ct_recbuf *rb, pid_t tid)
{
	ct_capture_text(rb, tid, CT_BLOB_STRV, "cmdline", TEXT_MAX);
}
