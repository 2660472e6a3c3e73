/* SPDX-License-Identifier: MIT */
/* Wait statuses, as ptrace(2) writes them down. */
#include "stop.h"
#include "test.h"

#include <signal.h>
#include <sys/ptrace.h>

#define STOPPED(sig)      (((sig) << 8) | 0x7f)
#define EVENT(event, sig) (((event) << 16) | STOPPED(sig))

static void check(int status, enum ct_stop_kind kind, int value)
{
	struct ct_stop stop = ct_stop_classify(status);

	CHECK_INT(stop.kind, kind);
	CHECK_INT(stop.value, value);
}

TEST(ends)
{
	check(0, CT_STOP_EXITED, 0);
	check(255 << 8, CT_STOP_EXITED, 255);
	check(SIGKILL, CT_STOP_KILLED, SIGKILL);
	check(SIGSEGV | 0x80, CT_STOP_KILLED, SIGSEGV); /* with a core file */
}

TEST(system_calls)
{
	check(STOPPED(SIGTRAP | 0x80), CT_STOP_SYSCALL, 0);
	check(EVENT(PTRACE_EVENT_SECCOMP, SIGTRAP), CT_STOP_SECCOMP, 0);
}

TEST(a_sigtrap_of_its_own_is_a_signal)
{
	check(STOPPED(SIGTRAP), CT_STOP_SIGNAL, SIGTRAP);
	check(STOPPED(SIGSTOP), CT_STOP_SIGNAL, SIGSTOP);
	check(STOPPED(SIGURG), CT_STOP_SIGNAL, SIGURG);
	check(STOPPED(64), CT_STOP_SIGNAL, 64);
}

TEST(births)
{
	static const int events[] = { PTRACE_EVENT_FORK, PTRACE_EVENT_VFORK,
				      PTRACE_EVENT_CLONE };

	for (int i = 0; i < 3; i++) {
		check(EVENT(events[i], SIGTRAP), CT_STOP_NEW_TASK, 0);
		CHECK_INT(ct_stop_classify(EVENT(events[i], SIGTRAP)).event, events[i]);
	}
	check(EVENT(PTRACE_EVENT_EXEC, SIGTRAP), CT_STOP_EXEC, 0);
}

TEST(group_stops_differ_from_the_first_stop)
{
	static const int stopping[] = { SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU };

	for (int i = 0; i < 4; i++)
		check(EVENT(PTRACE_EVENT_STOP, stopping[i]), CT_STOP_GROUP, stopping[i]);
	check(EVENT(PTRACE_EVENT_STOP, SIGTRAP), CT_STOP_TRAP, SIGTRAP);
}

TEST(the_last_stop)
{
	check(EVENT(PTRACE_EVENT_EXIT, SIGTRAP), CT_STOP_ENDING, 0);
}

TEST(events_that_were_not_asked_for)
{
	check(EVENT(PTRACE_EVENT_VFORK_DONE, SIGTRAP), CT_STOP_OTHER, SIGTRAP);
}
