/* SPDX-License-Identifier: MIT */
/* Births, execs and ends, as far as tables of descriptors are concerned. */
#include "task.h"

#include <sched.h>

void ct_log_task_init(struct ct_log_task *task, struct ct_task_id id,
		      const struct ct_log_task *creator, uint64_t flags,
		      struct ct_log_room *room)
{
	*task = (struct ct_log_task){ .id = id,
				      .pid = id.tid,
				      .arch = CT_ARCH_X86_64,
				      .name = CT_STRBUF_INIT,
				      .args = CT_STRBUF_INIT };
	if (!creator || !creator->files) {
		task->files = ct_log_files_new(room);
		task->cwd = ct_log_cwd_new();
		return;
	}
	task->arch = creator->arch;
	if (flags & CLONE_THREAD)
		task->pid = creator->pid;
	task->files = flags & CLONE_FILES ? ct_log_files_share(creator->files)
					  : ct_log_files_copy(creator->files);
	task->cwd = flags & CLONE_FS ? ct_log_cwd_share(creator->cwd)
				     : ct_log_cwd_copy(creator->cwd);
}

void ct_log_task_exec(struct ct_log_task *task)
{
	struct ct_log_files *files = ct_log_files_copy(task->files);

	ct_log_files_drop(task->files);
	task->files = files;
	ct_log_files_exec(files);
}

void ct_log_task_take_call(struct ct_log_task *task, struct ct_log_task *from)
{
	struct ct_strbuf name = task->name, args = task->args;

	task->begun = from->begun;
	task->begun_ns = from->begun_ns;
	task->name = from->name;
	task->args = from->args;
	task->former = from->id.serial;
	from->begun = false;
	from->name = name;
	from->args = args;
}

void ct_log_task_release(struct ct_log_task *task)
{
	ct_log_files_drop(task->files);
	ct_log_cwd_drop(task->cwd);
	task->files = NULL;
	task->cwd = NULL;
	task->begun = false;
	ct_strbuf_release(&task->name);
	ct_strbuf_release(&task->args);
}
