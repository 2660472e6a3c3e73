/* SPDX-License-Identifier: MIT */
/* SIGTRAP belongs to the program: raised, sent, by int3, handled, ignored and not. */
#include "hard.h"

static volatile sig_atomic_t traps;

static void on_trap(int sig)
{
	(void)sig;
	traps++;
}

static void three_traps(void)
{
	raise(SIGTRAP);
	kill(getpid(), SIGTRAP);
	__asm__ volatile("int3");
}

static void run(const char *what, void (*handler)(int), void (*fn)(void))
{
	pid_t pid = (pid_t)MUST(fork());

	if (!pid) {
		signal(SIGTRAP, handler);
		fn();
		_exit(traps);
	}
	tell_status(what, status_of(pid));
}

static void by_raise(void)
{
	raise(SIGTRAP);
}

static void by_int3(void)
{
	__asm__ volatile("int3");
}

int main(void)
{
	run("handled", on_trap, three_traps);
	run("raised, not handled", SIG_DFL, by_raise);
	run("int3, not handled", SIG_DFL, by_int3);
	run("raised, ignored", SIG_IGN, by_raise);
	run("int3, ignored", SIG_IGN, by_int3);
	return 0;
}
