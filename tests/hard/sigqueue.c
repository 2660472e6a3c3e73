/* SPDX-License-Identifier: MIT */
/* Real-time signals with values: order and values survive, blocked and not. */
#include "hard.h"

#define COUNT 64

static volatile int got[2 * COUNT], n_got;

static void on_signal(int sig, siginfo_t *info, void *context)
{
	(void)context;
	got[n_got++] = sig == SIGRTMIN + 1 && info->si_code == SI_QUEUE
			       ? info->si_value.sival_int
			       : -1;
}

static void queue(int first)
{
	for (int i = 0; i < COUNT; i++)
		MUST(sigqueue(getpid(), SIGRTMIN + 1,
			      (union sigval){ .sival_int = first + i }));
}

int main(void)
{
	struct sigaction sa = { .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO };
	siginfo_t info;
	sigset_t set;
	int in_order = 0;

	sigaction(SIGRTMIN + 1, &sa, NULL);
	queue(0);
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN + 1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	queue(COUNT);
	tell("while blocked", "arrived", n_got);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	for (int i = 0; i < 2 * COUNT; i++)
		in_order += got[i] == i;
	tell("in order, with their values", "are", in_order);
	sigprocmask(SIG_BLOCK, &set, NULL);
	queue(7);
	for (int i = 0; i < COUNT; i++) {
		MUST(sigwaitinfo(&set, &info));
		in_order += info.si_value.sival_int == 7 + i;
	}
	tell("waited for, in order", "are", in_order);
	return 0;
}
