/* SPDX-License-Identifier: MIT */
/* The strict mode of seccomp: read, write, exit and the return from a handler, and death
 * by SIGKILL, of the one thread, for all else. */
#include "filter.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <sys/mount.h>

#define ROUNDS 3

static int pipe_fds[2];

static void say_raw(const char *words)
{
	syscall(SYS_write, 1, words, strlen(words));
}

static void leave(int status)
{
	syscall(SYS_exit, status);
	__builtin_unreachable();
}

static void begin(void)
{
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT))
		leave(100);
}

/* -------- what a process does alone -------- */

static void allowed(void)
{
	char byte;

	begin();
	syscall(SYS_write, pipe_fds[1], "x", 1);
	if (syscall(SYS_read, pipe_fds[0], &byte, 1) != 1 || byte != 'x')
		leave(101);
	if (syscall(SYS_read, -1, &byte, 1) != -1 || errno != EBADF)
		leave(102);
	leave(5);
}

static void by_seccomp(void)
{
	if (!syscall(SYS_seccomp, SECCOMP_SET_MODE_STRICT, 1, NULL) || errno != EINVAL)
		leave(101);
	if (!syscall(SYS_seccomp, SECCOMP_SET_MODE_STRICT, 0, &errno) || errno != EINVAL)
		leave(102);
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_STRICT, 0, NULL))
		leave(103);
	leave(6);
}

static void registers_stay(void)
{
	long nr = SYS_prctl, option = PR_SET_SECCOMP, mode = SECCOMP_MODE_STRICT;

#ifdef __x86_64__
	__asm__ volatile("syscall"
			 : "+a"(nr), "+D"(option), "+S"(mode)
			 :
			 : "rcx", "r11", "memory");
#else
	nr = syscall(nr, option, mode);
#endif
	leave(nr == 0 && option == PR_SET_SECCOMP && mode == SECCOMP_MODE_STRICT ? 7
										 : 101);
}

static void forbidden(long nr)
{
	begin();
	syscall(nr, 0, 0, 0, 0, 0, 0);
	say_raw("this was allowed\n");
	leave(103);
}

static void asks_who_it_is(void)
{
	forbidden(SYS_getpid);
}

static void ends_as_the_library_does(void)
{
	forbidden(SYS_exit_group);
}

static void executes(void)
{
	forbidden(SYS_execve);
}

static void mounts(void)
{
	forbidden(SYS_mount);
}

static void clones(void)
{
	forbidden(SYS_clone);
}

static void calls_what_is_not_there(void)
{
	forbidden(4000);
}

static void begins_again(void)
{
	begin();
	begin();
	leave(103);
}

static void has_a_filter(void)
{
	install_filter(SYS_getpid, SECCOMP_RET_ALLOW, 0);
	leave(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) && errno == EINVAL ? 8 : 101);
}

#ifdef __x86_64__
static void reads_the_clock(void)
{
	begin();
	__builtin_ia32_rdtsc();
	leave(103);
}

static long call_of_i386(long nr, long arg0)
{
	__asm__ volatile("int $0x80" : "+a"(nr) : "b"(arg0) : "r8", "r9", "r10", "r11");
	return nr;
}

static void asks_as_i386(void)
{
	begin();
	call_of_i386(20 /* getpid */, 0);
	leave(103);
}

static void begins_as_i386(void)
{
	long nr = 172; /* prctl */

	__asm__ volatile("int $0x80"
			 : "+a"(nr)
			 : "b"(PR_SET_SECCOMP), "c"(SECCOMP_MODE_STRICT)
			 : "r8", "r9", "r10", "r11");
	call_of_i386(1 /* exit */, nr ? 101 : 9);
}
#endif

static void on_usr1(int sig)
{
	(void)sig;
	say_raw("a handler runs\n");
}

static void returns_from_a_handler(void)
{
	struct sigaction sa = { .sa_handler = on_usr1, .sa_flags = SA_RESTART };
	sigset_t usr1;
	char byte;

	sigaction(SIGUSR1, &sa, NULL);
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	sigprocmask(SIG_UNBLOCK, &usr1, NULL);
	begin();
	syscall(SYS_read, pipe_fds[0], &byte, 1);
	leave(byte == 'y' ? 10 : 101);
}

/* -------- threads: the mode is of one -------- */

static bool has_ended(pid_t pid, pid_t tid)
{
	char path[64], text[256] = "";
	const char *state;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", pid, tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return true;
	if (read(fd, text, sizeof(text) - 1) < 0)
		text[0] = '\0';
	close(fd);
	state = strrchr(text, ')');
	return !state || state[2] == 'Z' || state[2] == 'X';
}

static void *asks_in_thread(void *unused)
{
	begin();
	syscall(SYS_getpid);
	say_raw("a thread lives on\n");
	return unused;
}

static void loses_a_thread(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, asks_in_thread, NULL);
	pthread_join(thread, NULL);
	_exit(syscall(SYS_getppid) > 0 ? 11 : 101);
}

static void *outlives_its_leader(void *unused)
{
	while (!has_ended(getpid(), getpid()))
		sched_yield();
	leave(12);
	return unused;
}

static void loses_its_leader(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, outlives_its_leader, NULL);
	begin();
	syscall(SYS_getpid);
	leave(103);
}

static void *is_the_last(void *unused)
{
	while (!has_ended(getpid(), getpid()))
		sched_yield();
	begin();
	syscall(SYS_getpid);
	leave(103);
	return unused;
}

static void loses_its_last_thread(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, is_the_last, NULL);
	leave(13);
}

static const struct deed {
	const char *name;
	void (*run)(void);
	bool gets_signal;
} deeds[] = {
	{ "reads and writes", allowed, false },
	{ "asks by seccomp(2)", by_seccomp, false },
	{ "keeps its registers", registers_stay, false },
	{ "asks who it is", asks_who_it_is, false },
	{ "calls exit_group", ends_as_the_library_does, false },
	{ "executes", executes, false },
	{ "mounts", mounts, false },
	{ "clones", clones, false },
	{ "makes an unknown call", calls_what_is_not_there, false },
	{ "begins again", begins_again, false },
	{ "has a filter", has_a_filter, false },
#ifdef __x86_64__
	{ "reads the time stamp counter", reads_the_clock, false },
	{ "asks as i386", asks_as_i386, false },
	{ "begins as i386", begins_as_i386, false },
#endif
	{ "returns from a handler", returns_from_a_handler, true },
	{ "loses a thread", loses_a_thread, false },
	{ "loses its leader", loses_its_leader, false },
	{ "loses its last thread", loses_its_last_thread, false },
};

/* The signal is pending before the mode begins, or comes when it has. */
static void run(const struct deed *deed)
{
	pid_t pid;

	MUST(pipe(pipe_fds));
	pid = (pid_t)MUST(fork());
	if (!pid) {
		deed->run();
		leave(104);
	}
	if (deed->gets_signal) {
		MUST(kill(pid, SIGUSR1));
		MUST(write(pipe_fds[1], "y", 1));
	}
	tell_status(deed->name, status_of(pid));
	close(pipe_fds[0]);
	close(pipe_fds[1]);
}

int main(void)
{
	sigset_t usr1;

	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	sigprocmask(SIG_BLOCK, &usr1, NULL);
	for (int i = 0; i < ROUNDS; i++)
		for (size_t d = 0; d < sizeof(deeds) / sizeof(*deeds); d++)
			run(&deeds[d]);
	return 0;
}
