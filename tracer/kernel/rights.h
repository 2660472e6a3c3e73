/* SPDX-License-Identifier: MIT */
/* Descriptors that a task sends through a local socket: SCM_RIGHTS, unix(7). */
#ifndef CTTRACE_KERNEL_RIGHTS_H
#define CTTRACE_KERNEL_RIGHTS_H

#include "recbuf.h"
#include "task.h"

/* At its entry: is it a sendmsg that takes descriptors along? */
bool ct_rights_sent(const struct ct_task *task);
/* Adds CT_BLOB_PASSED, if it is: what they are, while the task still has them. */
void ct_rights_capture(struct ct_recbuf *rb, const struct ct_task *task);

#endif
