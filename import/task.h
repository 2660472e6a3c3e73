/* SPDX-License-Identifier: MIT */
/* What is remembered of a task between two of its lines. */
#ifndef CTTRACE_IMPORT_TASK_H
#define CTTRACE_IMPORT_TASK_H

#include "files.h"

#include "cttrace/strbuf.h"

struct ct_log_task {
	struct ct_task_id id;
	int32_t pid; /* of its process */
	struct ct_log_files *files;
	struct ct_log_cwd *cwd;
	enum ct_arch arch;
	uint32_t network; /* its namespace, see networks.h; 0: not known */
	uint32_t former;  /* the thread whose execve has just taken this one over; 0 */
	/* a call whose other half is still to come */
	bool begun;
	int64_t begun_ns;
	struct ct_strbuf name, args;
};

/* Makes it a child of `creator` (NULL: unknown) by a clone with these flags. */
void ct_log_task_init(struct ct_log_task *task, struct ct_task_id id,
		      const struct ct_log_task *creator, uint64_t flags,
		      struct ct_log_room *room);
/* execve: descriptors that are to be closed are, and none are shared any more. */
void ct_log_task_exec(struct ct_log_task *task);
/* Takes over the half of a call that another thread had begun. */
void ct_log_task_take_call(struct ct_log_task *task, struct ct_log_task *from);
void ct_log_task_release(struct ct_log_task *task);

#endif
