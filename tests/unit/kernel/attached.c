/* SPDX-License-Identifier: MIT */
/* Tracing a process for a while, as cttrace -p does. */
#include "attached.h"

#include "procfs.h"
#include "test.h"

#include "cttrace/strbuf.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct ct_plan key_plan = { .name = "key", .when = CT_WHEN_ALWAYS };
static const struct ct_plan other_plan = { .name = "other", .flags = CT_PLAN_QUIET };

static const struct ct_plan *plan_of(enum ct_arch arch, int64_t nr)
{
	return arch == CT_ARCH_X86_64 && (nr == SYS_rmdir || nr == SYS_openat)
		       ? &key_plan
		       : &other_plan;
}

static void note(void *ctx, const struct ct_record *rec)
{
	struct seen *seen = ctx;

	seen->tasks += rec->kind == CT_RECORD_TASK && rec->birth == CT_BIRTH_ATTACHED;
	seen->programs += rec->kind == CT_RECORD_ATTACH;
	seen->notes += rec->kind == CT_RECORD_NOTE;
	if (rec->kind != CT_RECORD_CALL)
		return;
	seen->calls += rec->result == CT_RESULT_ERROR;
	seen->ongoing += rec->result == CT_RESULT_ONGOING;
	if (rec->result == CT_RESULT_ONGOING)
		seen->ongoing_nr = rec->nr;
}

struct ct_engine *engine_for(struct seen *seen, enum ct_depth_option depth)
{
	struct ct_engine_config config = {
		.plan = plan_of, .emit = note, .ctx = seen, .depth = depth
	};

	*seen = (struct seen){ 0 };
	return ct_engine_new(&config);
}

struct threads threads_of(pid_t pid)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	struct threads threads = { 0 };
	struct dirent *entry;
	DIR *dir;

	ct_strbuf_addf(&path, "/proc/%d/task", pid);
	dir = opendir(path.data);
	CHECK(dir);
	while ((entry = readdir(dir))) {
		pid_t tid = (pid_t)strtol(entry->d_name, NULL, 10);

		if (tid > 0 && tid != pid)
			threads.last = tid;
		threads.traced += tid > 0 && ct_procfs_number(tid, "TracerPid") > 0;
	}
	closedir(dir);
	return threads;
}

struct ending {
	struct ct_engine *engine;
	pid_t pid;
	int patience_ms;
};

/* What a person does: looks for a while, then Ctrl-C, and again for want of patience. */
static void *end(void *ctx)
{
	const struct ending *ending = ctx;

	usleep(200000);
	ct_engine_request(ending->engine, CT_REQUEST_DETACH);
	for (int ms = 0; ms < ending->patience_ms && threads_of(ending->pid).traced; ms++)
		usleep(1000);
	/* the tracee is our child, too: the engine would wait for its end */
	ct_engine_request(ending->engine, CT_REQUEST_LEAVE);
	return NULL;
}

void trace_until(pid_t pid, struct seen *seen, enum ct_depth_option depth,
		 int patience_ms)
{
	struct ending ending = { .engine = engine_for(seen, depth),
				 .pid = pid,
				 .patience_ms = patience_ms };
	struct ct_error err = { 0 };
	pthread_t thread;
	sigset_t set;

	/* as in the tracer: the engine's thread alone takes the signal that wakes it */
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	CHECK_INT(ct_engine_attach(ending.engine, pid, &err), 0);
	CHECK(!pthread_create(&thread, NULL, end, &ending));
	ct_engine_run(ending.engine);
	pthread_join(thread, NULL);
	ct_engine_free(ending.engine);
}

void trace_for_a_while(pid_t pid, struct seen *seen, enum ct_depth_option depth)
{
	trace_until(pid, seen, depth, 20000);
}

pid_t start_child(void (*fn)(void))
{
	pid_t pid = fork();

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	fn();
	_exit(1);
}

void finish_child(pid_t pid)
{
	int status;

	CHECK_INT(ct_procfs_number(pid, "TracerPid"), 0);
	CHECK(!waitpid(pid, &status, WNOHANG)); /* it lives */
	kill(pid, SIGKILL);
	CHECK_INT(waitpid(pid, &status, 0), pid);
}

static void *work(void *ctx)
{
	for (;;) {
		rmdir(ctx);
		usleep(1000);
	}
	return NULL;
}

void three_threads(void)
{
	static char name[] = "/none";
	pthread_t thread;

	pthread_create(&thread, NULL, work, name);
	pthread_create(&thread, NULL, work, name);
	work(name);
}

void pause_for_ever(void)
{
	for (;;)
		pause();
}
