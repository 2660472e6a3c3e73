/* SPDX-License-Identifier: MIT */
/*
 * The init of a pid namespace: what kills it, and what it does not notice. The kernel
 * lets it die of a crash, unless it is traced: then the signal is lost on it, and it
 * crashes for ever (force_sig_info_to_task() in kernel/signal.c). And nobody in there can
 * stop it, unless it is traced (sig_ignored()).
 */
#include "filter.h"

#include <pthread.h>
#include <sys/mman.h>

/* (A compiler that sees a null pointer thinks that this cannot be.) */
static int *volatile nowhere;

static void no_address(void)
{
	*nowhere = 1;
}

static void no_instruction(void)
{
#ifdef __x86_64__
	__asm__ volatile("ud2");
#else
	__asm__ volatile(".inst 0");
#endif
}

static void breakpoint(void)
{
#ifdef __x86_64__
	__asm__ volatile("int3");
#else
	__asm__ volatile("brk 0");
#endif
}

static void behind_the_file(void)
{
	FILE *file = tmpfile();
	volatile char *page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fileno(file), 0);

	(void)*page;
}

static void filter_traps(void)
{
	MUST(install_filter(SYS_getppid, SECCOMP_RET_TRAP, 0));
	getppid();
}

/* execve is one of the calls that the tracer's own filter stops. */
static void filter_traps_key_call(void)
{
	MUST(install_filter(SYS_execve, SECCOMP_RET_TRAP, 0));
	execl("/proc/self/exe", "again", NULL);
}

static void *thread(void *arg)
{
	(void)arg;
	no_address();
	return NULL;
}

static void in_a_thread(void)
{
	pthread_t id;

	pthread_create(&id, NULL, thread, NULL);
	pthread_join(id, NULL);
}

static void not_alone(void)
{
	if (!MUST(fork()))
		for (;;)
			pause();
	abort();
}

static void handler(int sig)
{
	_exit(sig);
}

static void with_a_handler(void)
{
	signal(SIGSEGV, handler);
	no_address();
}

/* What nobody has forced upon it, an init ignores. */
static void sent(void)
{
	raise(SIGSEGV);
	_exit(9);
}

static void stopped_from_inside(void)
{
	pid_t child = (pid_t)MUST(fork());

	if (!child) {
		kill(getppid(), SIGSTOP);
		_exit(0);
	}
	status_of(child);
	_exit(6);
}

static const struct {
	const char *name;
	void (*crash)(void);
} cases[] = {
	{ "nothing at an address", no_address },
	{ "no instruction", no_instruction },
	{ "a breakpoint", breakpoint },
	{ "behind the end of a file", behind_the_file },
	{ "a filter says TRAP", filter_traps },
	{ "a filter says TRAP to execve", filter_traps_key_call },
	{ "in a thread", in_a_thread },
	{ "abort, with a child", not_alone },
	{ "with a handler", with_a_handler },
	{ "a signal that was sent", sent },
	{ "SIGSTOP from inside", stopped_from_inside },
};

int main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		pid_t pid = (pid_t)MUST(raw_clone(CLONE_NEWPID | SIGCHLD));

		if (!pid) {
			cases[i].crash();
			_exit(42);
		}
		tell_status(cases[i].name, status_of(pid));
	}
	return 0;
}
