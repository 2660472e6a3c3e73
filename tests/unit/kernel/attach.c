/* SPDX-License-Identifier: MIT */
/* Attaching to real processes, and letting them go as they were. */
#include "engine.h"
#include "procfs.h"
#include "test.h"

#include "cttrace/strbuf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* -------- a small engine -------- */

static const struct ct_plan key_plan = { .name = "key", .when = CT_WHEN_ALWAYS };
static const struct ct_plan other_plan = { .name = "other", .flags = CT_PLAN_QUIET };

static const struct ct_plan *plan_of(enum ct_arch arch, int64_t nr)
{
	return arch == CT_ARCH_X86_64 && (nr == SYS_rmdir || nr == SYS_openat)
		       ? &key_plan
		       : &other_plan;
}

struct seen {
	int tasks, programs, notes;
	int calls;   /* that returned */
	int ongoing; /* that did not */
	int64_t ongoing_nr;
};

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

static struct ct_engine *engine_for(struct seen *seen, enum ct_depth_option depth)
{
	struct ct_engine_config config = {
		.plan = plan_of, .emit = note, .ctx = seen, .depth = depth
	};

	*seen = (struct seen){ 0 };
	return ct_engine_new(&config);
}

/* The threads of a process, and how many of them are traced. */
struct threads {
	pid_t last; /* that is not the leader */
	int traced;
};

static struct threads threads_of(pid_t pid)
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

static void trace_until(pid_t pid, struct seen *seen, enum ct_depth_option depth,
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

/* Who can stop is let go, however busy the machine is. */
static void trace_for_a_while(pid_t pid, struct seen *seen, enum ct_depth_option depth)
{
	trace_until(pid, seen, depth, 20000);
}

/* -------- who is attached to -------- */

/* A child that is killed with this process; fn runs in it. */
static pid_t start(void (*fn)(void))
{
	pid_t pid = fork();

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	fn();
	_exit(1);
}

/* Until it waits in that call. */
static void await_call(pid_t pid, long nr)
{
	char text[32] = "";

	while (ct_procfs_text(pid, "syscall", text, sizeof(text) - 1) <= 0 ||
	       strtol(text, NULL, 10) != nr || *text == 'r')
		usleep(1000);
}

static void finish(pid_t pid)
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

static void three_threads(void)
{
	static char name[] = "/none";
	pthread_t thread;

	pthread_create(&thread, NULL, work, name);
	pthread_create(&thread, NULL, work, name);
	work(name);
}

TEST(every_thread_is_taken_and_let_go)
{
	struct seen seen;
	pid_t pid = start(three_threads);

	while (ct_procfs_number(pid, "Threads") != 3)
		usleep(1000);
	trace_for_a_while(pid, &seen, CT_DEPTH_OPTION_AUTO);
	CHECK_INT(seen.tasks, 3);
	CHECK_INT(seen.programs, 1);
	CHECK_INT(seen.notes, 1);
	CHECK(seen.calls > 3);
	finish(pid);
}

TEST(only_what_it_starts)
{
	struct seen seen;
	pid_t pid = start(three_threads);

	while (ct_procfs_number(pid, "Threads") != 3)
		usleep(1000);
	trace_for_a_while(pid, &seen, CT_DEPTH_OPTION_KEY);
	CHECK_INT(seen.tasks, 3);
	CHECK_INT(seen.calls, 0);
	finish(pid);
}

static void open_fifo(void)
{
	open("fifo", O_WRONLY | O_CLOEXEC);
}

/* A container's init that nobody starts looks like this. */
static void check_at_a_fifo(enum ct_depth_option depth)
{
	char dir[] = "/tmp/cttrace-test-XXXXXX";
	struct seen seen;
	pid_t pid;

	CHECK(mkdtemp(dir) && !chdir(dir) && !mkfifo("fifo", 0600));
	pid = start(open_fifo);
	await_call(pid, SYS_openat);
	trace_for_a_while(pid, &seen, depth);
	unlink("fifo");
	rmdir(dir);
	CHECK_INT(seen.ongoing, 1);
	CHECK_INT(seen.ongoing_nr, SYS_openat);
	finish(pid);
}

TEST(tells_where_it_waits)
{
	check_at_a_fifo(CT_DEPTH_OPTION_AUTO);
}

/* Without stops at its calls, /proc knows it. */
TEST(tells_where_it_waits_without_stops)
{
	check_at_a_fifo(CT_DEPTH_OPTION_KEY);
}

static void sleep_long(void)
{
	sleep(1000);
}

/* The kernel goes on with it as restart_syscall(2). */
TEST(a_call_that_goes_on_keeps_its_name)
{
	struct seen seen;
	pid_t pid = start(sleep_long);

	await_call(pid, SYS_clock_nanosleep);
	trace_for_a_while(pid, &seen, CT_DEPTH_OPTION_AUTO);
	CHECK_INT(seen.ongoing, 1);
	CHECK_INT(seen.ongoing_nr, SYS_clock_nanosleep);
	finish(pid);
}

static void wait_in_vfork(void)
{
	if (vfork())
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;)
		pause();
}

/* The parent does not stop before its child has gone on (strace, issue 277). */
TEST(a_vfork_does_not_hold_up_the_end)
{
	struct seen seen;
	pid_t pid = start(wait_in_vfork);

	await_call(pid, SYS_vfork);
	trace_until(pid, &seen, CT_DEPTH_OPTION_AUTO, 200);
	/* this process is still its tracer: what lets it go is our end */
	kill(pid, SIGKILL);
}

static void pause_for_ever(void)
{
	for (;;)
		pause();
}

static void stop_oneself(void)
{
	raise(SIGSTOP);
	pause_for_ever();
}

TEST(who_is_stopped_stays_so)
{
	struct seen seen;
	pid_t pid = start(stop_oneself);
	siginfo_t info;

	CHECK(!waitid(P_PID, (id_t)pid, &info, WSTOPPED));
	trace_for_a_while(pid, &seen, CT_DEPTH_OPTION_AUTO);
	kill(pid, SIGCONT);
	CHECK(!waitid(P_PID, (id_t)pid, &info, WCONTINUED));
	finish(pid);
}

/* -------- who is not -------- */

static void check_refused(pid_t pid, int code, const char *word)
{
	struct seen seen;
	struct ct_engine *engine = engine_for(&seen, CT_DEPTH_OPTION_AUTO);
	struct ct_error err = { 0 };

	CHECK_INT(ct_engine_attach(engine, pid, &err), -code);
	if (!strstr(err.text, word))
		test_fail(__FILE__, __LINE__, "'%s' does not say '%s'", err.text, word);
	CHECK_INT(seen.tasks, 0);
	ct_engine_free(engine);
}

static void be_traced(void)
{
	pid_t pid = fork();

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		syscall(SYS_ptrace, 0 /* PTRACE_TRACEME */, 0, 0, 0);
		for (;;)
			pause();
	}
	if (write(STDOUT_FILENO, &pid, sizeof(pid)) < 0)
		_exit(1);
	waitpid(pid, NULL, __WALL);
}

TEST(traced_by_another)
{
	int fds[2], out = dup(STDOUT_FILENO);
	pid_t tracer, pid;

	CHECK(!pipe(fds));
	dup2(fds[1], STDOUT_FILENO);
	tracer = start(be_traced);
	dup2(out, STDOUT_FILENO);
	CHECK(read(fds[0], &pid, sizeof(pid)) == sizeof(pid));
	while (ct_procfs_number(pid, "TracerPid") != tracer)
		usleep(1000);
	check_refused(pid, EPERM, "is traced already, by test_kernel");
	close(fds[0]);
	close(fds[1]);
	close(out);
	kill(tracer, SIGKILL);
	waitpid(tracer, NULL, 0);
}

TEST(oneself_and_ancestors)
{
	check_refused(getpid(), EINVAL, "is cttrace itself");
	check_refused(getppid(), EINVAL, "is an ancestor of cttrace");
}

TEST(who_is_not_there)
{
	pid_t pid = start(pause_for_ever);

	kill(pid, SIGKILL);
	while (!ct_procfs_is_zombie(pid))
		usleep(1000);
	check_refused(pid, ESRCH, "has ended already");
	waitpid(pid, NULL, 0);
	check_refused(pid, ESRCH, "there is no process");
}

TEST(a_thread_is_no_process)
{
	pid_t pid = start(three_threads);

	while (ct_procfs_number(pid, "Threads") != 3)
		usleep(1000);
	check_refused(threads_of(pid).last, EINVAL, "is a thread of process");
	finish(pid);
}
