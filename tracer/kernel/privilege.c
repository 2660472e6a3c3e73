/* SPDX-License-Identifier: MIT */
/*
 * Under a tracer without CAP_SYS_PTRACE, execve(2) ignores the set-uid bit and the
 * capabilities of a file: newuidmap(1) fails then, and with it every rootless container.
 */
#include "engine_internal.h"

#include "procfs.h"

#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

bool ct_privilege_missing(void)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2] = { { 0 } };

	return !syscall(SYS_capget, &head, data) &&
	       !(data[0].effective & (1u << CAP_SYS_PTRACE));
}

/* What would have given it privileges; NULL: nothing. */
static const char *lost_privilege(pid_t tid)
{
	char path[32];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/exe", tid);
	/* the file of a user who is not mapped gives nothing, whoever traces */
	if (stat(path, &st) || ct_procfs_namespace(tid, CT_NS_USER) !=
				       ct_procfs_namespace(getpid(), CT_NS_USER))
		return NULL;
	if ((st.st_mode & S_ISUID) && (long)st.st_uid != ct_procfs_number(tid, "Uid"))
		return "set-uid bit";
	if ((st.st_mode & S_ISGID) && (st.st_mode & S_IXGRP) &&
	    (long)st.st_gid != ct_procfs_number(tid, "Gid"))
		return "set-gid bit";
	return getxattr(path, "security.capability", NULL, 0) > 0 ? "capabilities" : NULL;
}

void ct_privilege_check(struct ct_engine *engine, const struct ct_task *task)
{
	struct ct_recbuf *rb = &engine->scratch;
	const char *what = NULL, *as_root = engine->config.as_root;
	char name[64], text[600];
	int len;

	if (engine->unprivileged)
		what = lost_privilege(task->tid);
	if (!what)
		return;
	engine->unprivileged = false; /* one warning is enough */
	ct_procfs_comm(task->tid, name, sizeof(name));
	len = snprintf(text, sizeof(text),
		       "%s: its %s has no effect under an unprivileged tracer; this "
		       "works: %s",
		       name, what, as_root ? as_root : "sudo cttrace -p PID");
	if (len >= (int)sizeof(text))
		len = sizeof(text) - 1;
	ct_recbuf_start(rb, CT_RECORD_NOTE)->t_ns = ct_monotonic_ns();
	ct_recbuf_blob(rb, CT_BLOB_TEXT, CT_BLOB_TASK, text, (size_t)len);
	ct_engine_emit(engine, task, rb);
}
