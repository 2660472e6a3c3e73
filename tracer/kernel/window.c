/* SPDX-License-Identifier: MIT */
/*
 * Write windows. Trapping write(2) would stop the payload at every line that it prints.
 * But the writes that build a container go to files of /proc and of cgroups, and those
 * are opened first: from such an open to its close, the thread stops at every call.
 */
#include "engine_internal.h"

#include "capture.h"
#include "cgroup_move.h"
#include "procfs.h"

#include <linux/magic.h>
#include <linux/netlink.h>
#include <unistd.h>

static bool is_kernel_file(pid_t tid, int fd)
{
	long magic = ct_procfs_fd_fs(tid, fd);

	return magic == PROC_SUPER_MAGIC || magic == CGROUP_SUPER_MAGIC ||
	       magic == CGROUP2_SUPER_MAGIC;
}

/* A socket that links, addresses and routes are made with. */
static bool makes_networks(const struct ct_task *task, int fd)
{
	return ct_netlink_protocol(task, fd) == NETLINK_ROUTE;
}

static int find(const struct ct_task *task, int fd)
{
	for (int i = 0; i < task->n_windows; i++)
		if (task->window[i] == fd)
			return i;
	return -1;
}

void ct_window_open(struct ct_task *task, int fd)
{
	if (find(task, fd) < 0 &&
	    (is_kernel_file(task->tid, fd) ||
	     (!(task->plan->flags & CT_PLAN_OPEN) && makes_networks(task, fd))))
		ct_window_renew(task, fd, CT_WINDOW_STOPS);
}

void ct_window_renew(struct ct_task *task, int fd, int stops)
{
	if (!task->n_windows || task->window_stops < stops)
		task->window_stops = stops;
	if (find(task, fd) < 0 && task->n_windows < CT_WINDOW_FDS)
		task->window[task->n_windows++] = fd;
}

void ct_window_close(struct ct_task *task, int fd)
{
	int i = find(task, fd);

	if (i >= 0)
		task->window[i] = task->window[--task->n_windows];
}

void ct_window_dup(struct ct_task *task, int fd, int copy)
{
	if (copy == fd)
		return;
	/* fcntl(2) is many calls in one: what it returns may be no descriptor at all */
	if (find(task, fd) >= 0)
		ct_window_open(task, copy);
	else if (find(task, copy) >= 0 && !is_kernel_file(task->tid, copy))
		ct_window_close(task, copy);
}

void ct_window_spend(struct ct_task *task)
{
	if (--task->window_stops <= 0)
		task->n_windows = 0;
}

bool ct_window_wants(const struct ct_engine *engine, const struct ct_task *task, int fd)
{
	if (find(task, fd) >= 0)
		return true;
	/* another thread may have opened it; or this one, without a stop */
	return (ct_engine_sees_all(engine, task) || engine->config.lighter) && fd > 2 &&
	       is_kernel_file(task->tid, fd);
}

static bool is_of_cgroup(const struct ct_task *task)
{
	long magic = ct_procfs_fd_fs(task->tid, (int)task->args[0]);

	return magic == CGROUP_SUPER_MAGIC || magic == CGROUP2_SUPER_MAGIC;
}

void ct_window_moved(struct ct_recbuf *rb, const struct ct_engine *engine,
		     const struct ct_task *task)
{
	const struct ct_task *moved = task;
	struct ct_task_id id;
	int32_t pid;

	if (!ct_record_moves(ct_recbuf_record(rb), &pid) || !is_of_cgroup(task))
		return;
	/* the number means something else in a pid namespace that is not ours */
	if (pid && ct_procfs_namespace(task->tid, CT_NS_PID) !=
			   ct_procfs_namespace(getpid(), CT_NS_PID))
		return;
	if (pid)
		moved = ct_task_find(&engine->tasks, pid);
	id = moved ? ct_task_id(moved) : (struct ct_task_id){ pid, 0 };
	ct_recbuf_blob(rb, CT_BLOB_OF, CT_BLOB_TASK, &id, sizeof(id));
	ct_capture_state(rb, id.tid, CT_PLAN_CGROUP);
}
