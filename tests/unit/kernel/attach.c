/* SPDX-License-Identifier: MIT */
/* Attaching to real processes, and letting them go as they were. */
#include "attached.h"
#include "procfs.h"
#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Until it waits in that call. */
static void await_call(pid_t pid, long nr)
{
	char text[32] = "";

	while (ct_procfs_text(pid, "syscall", text, sizeof(text) - 1) <= 0 ||
	       strtol(text, NULL, 10) != nr || *text == 'r')
		usleep(1000);
}

TEST(every_thread_is_taken_and_let_go)
{
	struct seen seen;
	pid_t pid = start_child(three_threads);

	while (ct_procfs_number(pid, "Threads") != 3)
		usleep(1000);
	trace_for_a_while(pid, &seen, CT_DEPTH_OPTION_AUTO);
	CHECK_INT(seen.tasks, 3);
	CHECK_INT(seen.programs, 1);
	CHECK_INT(seen.notes, 1);
	CHECK(seen.calls > 3);
	finish_child(pid);
}

TEST(only_what_it_starts)
{
	struct seen seen;
	pid_t pid = start_child(three_threads);

	while (ct_procfs_number(pid, "Threads") != 3)
		usleep(1000);
	trace_for_a_while(pid, &seen, CT_DEPTH_OPTION_KEY);
	CHECK_INT(seen.tasks, 3);
	CHECK_INT(seen.calls, 0);
	finish_child(pid);
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
	pid = start_child(open_fifo);
	await_call(pid, SYS_openat);
	trace_for_a_while(pid, &seen, depth);
	unlink("fifo");
	rmdir(dir);
	CHECK_INT(seen.ongoing, 1);
	CHECK_INT(seen.ongoing_nr, SYS_openat);
	finish_child(pid);
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
	pid_t pid = start_child(sleep_long);

	await_call(pid, SYS_clock_nanosleep);
	trace_for_a_while(pid, &seen, CT_DEPTH_OPTION_AUTO);
	CHECK_INT(seen.ongoing, 1);
	CHECK_INT(seen.ongoing_nr, SYS_clock_nanosleep);
	finish_child(pid);
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
	pid_t pid = start_child(wait_in_vfork);

	await_call(pid, SYS_vfork);
	trace_until(pid, &seen, CT_DEPTH_OPTION_AUTO, 200);
	/* this process is still its tracer: what lets it go is our end */
	kill(pid, SIGKILL);
}

static void stop_oneself(void)
{
	raise(SIGSTOP);
	pause_for_ever();
}

TEST(who_is_stopped_stays_so)
{
	struct seen seen;
	pid_t pid = start_child(stop_oneself);
	siginfo_t info;

	CHECK(!waitid(P_PID, (id_t)pid, &info, WSTOPPED));
	trace_for_a_while(pid, &seen, CT_DEPTH_OPTION_AUTO);
	kill(pid, SIGCONT);
	CHECK(!waitid(P_PID, (id_t)pid, &info, WCONTINUED));
	finish_child(pid);
}
