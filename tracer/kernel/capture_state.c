/* SPDX-License-Identifier: MIT */
/* What /proc says about a stopped task. */
#include "capture.h"

#include "procfs.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define TEXT_MAX   16384 /* of a file in /proc */
#define MOUNTS_MAX 262144
#define ENVIRON_MAX 65536

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

/* Without a question to the file's server, who may be a tracee that is stopped. */
void ct_capture_set_id(struct ct_recbuf *rb, pid_t tid)
{
	unsigned int fields = STATX_MODE | STATX_UID | STATX_GID;
	struct ct_blob_set_id file;
	struct statx st;
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d/exe", tid);
	if (statx(AT_FDCWD, path, AT_STATX_DONT_SYNC, fields, &st) ||
	    !(st.stx_mode & (S_ISUID | S_ISGID)))
		return;
	file = (struct ct_blob_set_id){ st.stx_mode, st.stx_uid, st.stx_gid };
	ct_recbuf_blob(rb, CT_BLOB_SET_ID, CT_BLOB_TASK, &file, sizeof(file));
}

/* After chroot(2), other than after pivot_root(2), the kernel names directories from the
 * root of all mounts on. */
static void capture_cwd(struct ct_recbuf *rb, pid_t tid)
{
	char root[PATH_MAX], *cwd = ct_recbuf_reserve(rb, PATH_MAX);
	ssize_t n = ct_procfs_link(tid, "cwd", cwd, PATH_MAX);
	ssize_t above = ct_procfs_link(tid, "root", root, sizeof(root));

	if (above > 1 && n >= above && !memcmp(cwd, root, (size_t)above)) {
		n -= above;
		memmove(cwd, cwd + above, (size_t)n);
		if (!n)
			cwd[n++] = '/';
	}
	ct_recbuf_commit(rb, CT_BLOB_CWD, CT_BLOB_TASK, n, false);
}

void ct_capture_start(struct ct_recbuf *rb, pid_t tid)
{
	ct_capture_text(rb, tid, CT_BLOB_ENV, "environ", ENVIRON_MAX);
	capture_cwd(rb, tid);
}

void ct_capture_cmdline(struct ct_recbuf *rb, pid_t tid)
{
	ct_capture_text(rb, tid, CT_BLOB_STRV, "cmdline", TEXT_MAX);
}
