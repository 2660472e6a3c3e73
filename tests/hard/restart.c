/* SPDX-License-Identifier: MIT */
/* Calls that a signal interrupts: those that go on by themselves must, and none may fail
 * with EINTR that would not without a tracer. */
#include "hard.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/time.h>
#include <time.h>

static void on_signal(int sig)
{
	(void)sig;
}

/* A handled signal comes again and again: one of them finds the call, however late. */
static void tick(int handled, int restart)
{
	struct sigaction sa = { .sa_handler = handled ? on_signal : SIG_IGN,
				.sa_flags = restart ? SA_RESTART : 0 };
	struct itimerval soon = { { 0, handled ? 20000 : 0 }, { 0, 20000 } };

	sigaction(SIGALRM, &sa, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
}

static void sleep_through(const char *what, int handled)
{
	struct timespec time = { handled ? 10 : 0, 50000000 };

	tick(handled, 1);
	tell(what, "gives", result_of(nanosleep(&time, NULL)));
}

static void run_child(int stopped)
{
	struct timespec fifty = { 0, 50000000 };
	pid_t pid = (pid_t)MUST(fork());

	if (!pid)
		_exit((int)-result_of(nanosleep(&fifty, NULL)));
	usleep(10000);
	kill(pid, stopped ? SIGSTOP : SIGWINCH);
	kill(pid, SIGCONT);
	tell_status("a sleeper that was stopped", status_of(pid));
}

int main(void)
{
	int epoll = (int)MUST(epoll_create1(EPOLL_CLOEXEC)), fds[2];
	struct itimerval never = { { 0, 0 }, { 0, 0 } };
	struct epoll_event event;
	char byte;

	sleep_through("nanosleep, ignored signal", 0);
	sleep_through("nanosleep, handled signal", 1);
	tick(0, 0);
	tell("epoll_wait, ignored signal", "gives",
	     result_of(epoll_wait(epoll, &event, 1, 50)));
	tick(1, 1);
	tell("epoll_wait, handled signal", "gives",
	     result_of(epoll_wait(epoll, &event, 1, 10000)));
	MUST(pipe(fds));
	tick(1, 0);
	tell("read, handled signal", "gives", result_of(read(fds[0], &byte, 1)));
	tick(1, 1);
	if (!MUST(fork())) {
		usleep(50000);
		_exit(write(fds[1], "x", 1) != 1);
	}
	tell("read that goes on", "gives", result_of(read(fds[0], &byte, 1)));
	wait(NULL);
	setitimer(ITIMER_REAL, &never, NULL);
	run_child(0);
	run_child(1);
	return 0;
}
