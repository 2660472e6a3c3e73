/* SPDX-License-Identifier: MIT */
/* Whom one cannot attach to, and in which words that is said. */
#include "attached.h"
#include "procfs.h"
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

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
	tracer = start_child(be_traced);
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
	pid_t pid = start_child(pause_for_ever);

	kill(pid, SIGKILL);
	while (!ct_procfs_is_zombie(pid))
		usleep(1000);
	check_refused(pid, ESRCH, "has ended already");
	waitpid(pid, NULL, 0);
	check_refused(pid, ESRCH, "there is no process");
}

TEST(a_thread_is_no_process)
{
	pid_t pid = start_child(three_threads);

	while (ct_procfs_number(pid, "Threads") != 3)
		usleep(1000);
	check_refused(threads_of(pid).last, EINVAL, "is a thread of process");
	finish_child(pid);
}
