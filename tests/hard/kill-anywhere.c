/* SPDX-License-Identifier: MIT */
/* SIGKILL at every kind of stop: while it is stopped, waits in vfork, is executing,
 * making threads, handling signals, ending. */
#include "hard.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <sys/prctl.h>

#define ROUNDS 3

static void is_stopped(void)
{
	raise(SIGSTOP);
}

/* The child of a vfork may live on, so it ends with its parent. */
static void waits_in_vfork(void)
{
	pid_t parent = getpid();

	if (!vfork()) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		while (getppid() == parent)
			pause();
		_exit(0);
	}
}

static void executes(void)
{
	for (;;)
		execl("/proc/self/exe", "kill-anywhere", "again", (char *)NULL);
}

static void *end_at_once(void *unused)
{
	return unused;
}

static void makes_threads(void)
{
	pthread_t thread;

	for (;;)
		if (!pthread_create(&thread, NULL, end_at_once, NULL))
			pthread_detach(thread);
}

static void executes_in_a_thread(void)
{
	pthread_t thread;

	for (int i = 0; i < 4; i++)
		pthread_create(&thread, NULL, (void *(*)(void *))(void *)executes, NULL);
	executes();
}

static void on_signal(int sig)
{
	(void)sig;
}

static void handles_signals(void)
{
	signal(SIGUSR1, on_signal);
	for (;;)
		raise(SIGUSR1);
}

static void changes_its_name(void)
{
	for (;;)
		prctl(PR_SET_NAME, "busy");
}

static const struct deed {
	const char *name;
	void (*run)(void);
	bool stops;
} deeds[] = {
	{ "stopped", is_stopped, true },
	{ "in vfork", waits_in_vfork, false },
	{ "executing", executes, false },
	{ "executing in threads", executes_in_a_thread, false },
	{ "making threads", makes_threads, false },
	{ "handling signals", handles_signals, false },
	{ "in calls", changes_its_name, false },
};

static void run(const struct deed *deed, int round)
{
	pid_t pid = (pid_t)MUST(fork());
	int status;

	if (!pid) {
		deed->run();
		_exit(1);
	}
	if (deed->stops)
		MUST(waitpid(pid, &status, WUNTRACED));
	for (int n = round * 60; n > 0; n--)
		sched_yield();
	MUST(kill(pid, SIGKILL));
	tell_status(deed->name, status_of(pid));
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "again"))
		executes();
	/* who is left of a vfork must have ended before us */
	MUST(prctl(PR_SET_CHILD_SUBREAPER, 1));
	for (int round = 0; round < ROUNDS; round++)
		for (size_t d = 0; d < sizeof(deeds) / sizeof(*deeds); d++)
			run(&deeds[d], round);
	while (wait(NULL) > 0)
		continue;
	return 0;
}
