/* SPDX-License-Identifier: MIT */
/* Copying what a plan asks for out of a stopped task, as blobs. */
#ifndef CTTRACE_KERNEL_CAPTURE_H
#define CTTRACE_KERNEL_CAPTURE_H

#include "task.h"

/* The arguments of the call in task->plan and task->args, as they are at its entry. */
void ct_capture_entry(struct ct_recbuf *rb, const struct ct_task *task);
/* What the kernel has written for it; the call succeeded with ret. */
void ct_capture_exit(struct ct_recbuf *rb, const struct ct_task *task, int64_t ret);

/* Namespaces, cgroup, status of a task: CT_PLAN_NS | CT_PLAN_CGROUP | CT_PLAN_STATUS. */
void ct_capture_state(struct ct_recbuf *rb, pid_t tid, unsigned int what);

/* The text of /proc/TID/NAME, as a blob of that kind. */
void ct_capture_text(struct ct_recbuf *rb, pid_t tid, enum ct_blob_kind kind,
		     const char *name, size_t max);
/* The mount table as the task sees it. */
void ct_capture_mounts(struct ct_recbuf *rb, pid_t tid, enum ct_blob_kind kind);
/* The link /proc/TID/exe. */
void ct_capture_exe(struct ct_recbuf *rb, pid_t tid);
/* Who owns what it runs, if that has a set-user-ID or set-group-ID bit. */
void ct_capture_set_id(struct ct_recbuf *rb, pid_t tid);
/* What a program starts with: its environment and its working directory. */
void ct_capture_start(struct ct_recbuf *rb, pid_t tid);
/* /proc/TID/cmdline, as a vector of strings. */
void ct_capture_cmdline(struct ct_recbuf *rb, pid_t tid);

#endif
