/* SPDX-License-Identifier: MIT */
/*
 * What the processes of a start tell each other. The errno of a container's init travels
 * over a pipe or a socket to the runtime, and only from there to stderr; a log file may
 * have more than stderr has. So a task that is seen in full has these writes kept.
 */
#include "engine_internal.h"

#include "capture.h"
#include "procfs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define WORD_MIN 8 /* less is a wake-up or a token of a protocol */

/* Log files are opened to append; other files are data. */
static bool appends(pid_t tid, int fd)
{
	int64_t flags = ct_procfs_fd_number(tid, fd, "flags", 8);

	return flags >= 0 && (flags & O_APPEND);
}

/* A shell's `echo >&2` writes to descriptor 1; a payload's stdout is its own. */
static bool may_be_words(const struct ct_task *task, int fd)
{
	return fd >= STDERR_FILENO || (fd == STDOUT_FILENO && ct_depth_builds(task));
}

bool ct_message_wants(const struct ct_engine *engine, const struct ct_task *task)
{
	int fd = (int)task->args[0];
	bool sized = task->plan->arg[1].take == CT_TAKE_SIZED;
	struct ct_blob_stat st;

	if (!ct_engine_sees_all(engine, task) || !may_be_words(task, fd) ||
	    (sized && task->args[2] < WORD_MIN) || ct_procfs_fd_stat(task->tid, fd, &st))
		return false;
	return S_ISFIFO(st.mode) || S_ISSOCK(st.mode) ||
	       (S_ISCHR(st.mode) && fd == STDOUT_FILENO) ||
	       (S_ISREG(st.mode) && appends(task->tid, fd));
}

/*
 * Some programs refuse a file without any call that fails: they have looked at its mode.
 * The look is the whole evidence then. Threads of one process share what they know (a
 * goroutine moves between them), so it is kept with the leader.
 */
void ct_message_look(struct ct_engine *engine, const struct ct_task *task, int64_t ret)
{
	struct ct_task *leader = ct_task_find(&engine->tasks, task->pid);
	struct ct_record *rec;

	if (!leader)
		return;
	rec = ct_recbuf_start(&leader->look, CT_RECORD_CALL);
	rec->arch = task->arch;
	rec->task = ct_task_id(task);
	rec->image = task->image;
	rec->t_ns = task->entered_ns;
	rec->dur_ns = ct_monotonic_ns() - task->entered_ns;
	rec->nr = task->nr;
	rec->result = CT_RESULT_VALUE;
	rec->ret = ret;
	for (int i = 0; i < 6; i++)
		rec->args[i] = task->args[i];
	ct_capture_entry(&leader->look, task);
	ct_capture_exit(&leader->look, task, ret);
}

void ct_message_tell(struct ct_engine *engine, const struct ct_task *task)
{
	struct ct_task *leader = ct_task_find(&engine->tasks, task->pid);
	struct ct_record *look = leader ? ct_recbuf_record(&leader->look) : NULL;
	struct ct_task *looker;

	if (!look || ct_window_wants(engine, task, (int)task->args[0]))
		return;
	looker = ct_task_find(&engine->tasks, look->task.tid);
	/* nothing may follow the exit of a task */
	if (looker && looker->serial == look->task.serial)
		engine->config.emit(engine->config.ctx, look);
	ct_recbuf_drop(&leader->look);
}
