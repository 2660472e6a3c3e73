/* SPDX-License-Identifier: MIT */
/* Becoming the tracer: of a command that waits for it, or of a process that runs. */
#include "engine_internal.h"

#include "capture.h"
#include "procfs.h"
#include "refusal.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int seize(const struct ct_engine *engine, pid_t tid)
{
	unsigned long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
				PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
				PTRACE_O_TRACEEXEC;

	/* without its tracer, a filtered task would get ENOSYS for execve: death is
	 * kinder */
	if (engine->config.filtered)
		options |= PTRACE_O_TRACESECCOMP | PTRACE_O_EXITKILL;
	if (engine->config.kill_on_exit)
		options |= PTRACE_O_EXITKILL;
	if (engine->config.before_end)
		options |= PTRACE_O_TRACEEXIT;
	return ptrace(PTRACE_SEIZE, tid, NULL, (void *)options) ? -errno : 0;
}

static struct ct_task *add(struct ct_engine *engine, pid_t tid, enum ct_birth birth)
{
	struct ct_task *task = ct_task_add(&engine->tasks, tid);

	task->bound = true;
	task->birth = (uint8_t)birth;
	if (engine->config.depth == CT_DEPTH_OPTION_FULL)
		task->depth = CT_DEPTH_FULL;
	return task;
}

int ct_engine_seize(struct ct_engine *engine, pid_t pid, struct ct_error *err)
{
	int r = seize(engine, pid);

	if (r)
		return ct_error_set(err, -r, "cannot trace: ptrace: %s", strerror(-r));
	engine->root = pid;
	ct_birth_announce(engine, add(engine, pid, CT_BIRTH_ROOT));
	/* unfiltered, it must stop at its calls from its first one on */
	if (!engine->config.filtered)
		ptrace(PTRACE_INTERRUPT, pid, NULL, NULL);
	return 0;
}

/* -------- a process that runs -------- */

struct attaching {
	struct ct_engine *engine;
	pid_t pid;
	uint32_t image;
	size_t n_threads;
};

/* What it runs, as its exec would have told. */
static void tell_program(struct ct_engine *engine, const struct ct_task *leader)
{
	struct ct_recbuf *rb = &engine->scratch;

	ct_recbuf_start(rb, CT_RECORD_ATTACH)->t_ns = ct_monotonic_ns();
	ct_capture_exe(rb, leader->tid);
	ct_capture_cmdline(rb, leader->tid);
	ct_engine_emit(engine, leader, rb);
}

static int attach_thread(struct attaching *a, pid_t tid)
{
	struct ct_engine *engine = a->engine;
	struct ct_task *task;
	int r = seize(engine, tid);

	if (r)
		return r;
	a->n_threads++;
	task = add(engine, tid, CT_BIRTH_ATTACHED);
	task->pid = a->pid;
	task->image = a->image;
	task->unstopped = engine->config.depth == CT_DEPTH_OPTION_KEY;
	ct_birth_announce(engine, task);
	if (tid == a->pid)
		tell_program(engine, task);
	ct_inside_ask(engine, task);
	/* whatever it waits in is interrupted, to be seen from its restart on */
	task->interrupted =
		!task->unstopped && !ptrace(PTRACE_INTERRUPT, tid, NULL, NULL);
	return 0;
}

/*
 * One look at the list of threads: how many new ones could be taken, or -errno. Who has
 * ended meanwhile does not matter, nor does a thread whose creator we trace already: it
 * is ours from its birth. A leader may be a zombie while its threads live.
 */
static int attach_threads(struct attaching *a)
{
	char path[40];
	struct dirent *entry;
	int n_new = 0, r = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", a->pid);
	dir = opendir(path);
	if (!dir)
		return a->n_threads ? 0 : -ESRCH;
	while ((entry = readdir(dir))) {
		pid_t tid = (pid_t)strtol(entry->d_name, NULL, 10);

		if (tid <= 0 || ct_task_find(&a->engine->tasks, tid))
			continue;
		r = attach_thread(a, tid);
		if (!r)
			n_new++;
		else if (!a->n_threads && r != -ESRCH && !ct_procfs_is_zombie(tid))
			break;
	}
	closedir(dir);
	return n_new || a->n_threads ? n_new : r;
}

static void remark(const struct attaching *a)
{
	struct ct_recbuf *rb = &a->engine->scratch;
	const struct ct_task *task = ct_task_find(&a->engine->tasks, a->pid);
	char name[64], text[200];
	int len;

	if (!task)
		return;
	ct_procfs_comm(a->pid, name, sizeof(name));
	len = snprintf(text, sizeof(text), "attached to %s (%d, %zu thread%s): %s", name,
		       a->pid, a->n_threads, a->n_threads == 1 ? "" : "s",
		       task->unstopped
			       ? "only what it starts is seen (--depth key)"
			       : "it stops at every call, and so does what it starts");
	ct_recbuf_start(rb, CT_RECORD_NOTE)->t_ns = ct_monotonic_ns();
	ct_recbuf_blob(rb, CT_BLOB_TEXT, CT_BLOB_TASK, text, (size_t)len);
	ct_engine_emit(a->engine, task, rb);
}

int ct_engine_attach(struct ct_engine *engine, pid_t pid, struct ct_error *err)
{
	struct attaching a = { .engine = engine,
			       .pid = pid,
			       .image = ++engine->last_image };
	int r = ct_refusal_check(pid, err);

	if (r)
		return r;
	engine->root_runs = true;
	/* a thread that was not in the list yet is in the next one, or ours from its
	 * birth */
	while ((r = attach_threads(&a)) > 0)
		continue;
	if (r < 0 || !a.n_threads)
		return ct_refusal_explain(pid, r < 0 ? -r : ESRCH, err);
	remark(&a);
	return 0;
}
