/* SPDX-License-Identifier: MIT */
/* Asks the kernel by seccomp(2), in children that end under the filter. */
#include "kernel.h"

#include "test.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static long install(const struct sock_filter *program, size_t len, unsigned int flags)
{
	struct sock_fprog fprog = { (unsigned short)len, (struct sock_filter *)program };

	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &fprog);
}

/*
 * A task can have one listener. Whoever asks for a second one gets EBUSY, but only after
 * the program has been checked: an answer without a filter that stays.
 */
bool kernel_begin(int *listener)
{
	static const struct sock_filter allow[] = {
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	*listener = (int)install(allow, 1, SECCOMP_FILTER_FLAG_NEW_LISTENER);
	return *listener >= 0 || errno == EBUSY;
}

bool kernel_accepts(const struct sock_filter *program, size_t len)
{
	long r = install(program, len, SECCOMP_FILTER_FLAG_NEW_LISTENER);

	if (r >= 0 || (errno != EBUSY && errno != EINVAL))
		test_fail(__FILE__, __LINE__, "seccomp gives %ld, errno %d", r, errno);
	return errno == EBUSY;
}

void kernel_end(int listener)
{
	if (listener >= 0)
		close(listener);
}

/* Not syscall(2): errno and registers are to be our own business. */
static long call_native(long nr, const uint64_t args[6])
{
	register uint64_t r10 __asm__("r10") = args[3];
	register uint64_t r8 __asm__("r8") = args[4];
	register uint64_t r9 __asm__("r9") = args[5];
	long ret;

	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(nr), "D"(args[0]), "S"(args[1]), "d"(args[2]), "r"(r10),
			   "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return ret;
}

/* The sixth argument would need rbp, which the compiler keeps: it is what it is. */
static long call_i386(long nr, const uint64_t args[6])
{
	long ret;

	__asm__ volatile("int $0x80"
			 : "=a"(ret)
			 : "a"(nr), "b"(args[0]), "c"(args[1]), "d"(args[2]),
			   "S"(args[3]), "D"(args[4])
			 : "r8", "r9", "r10", "r11", "memory");
	return (int)ret;
}

struct shared {
	atomic_bool done;
	struct kernel_call calls[];
};

static void child(const struct sock_filter *program, size_t len, struct shared *shared,
		  size_t n)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (install(program, len, 0))
		_exit(1);
	for (size_t i = 0; i < n; i++) {
		struct kernel_call *call = &shared->calls[i];

		call->error = -(int)(call->arch == CT_ARCH_I386
					     ? call_i386((int)call->nr, call->args)
					     : call_native((long)call->nr, call->args));
	}
	shared->done = true;
	for (;;)
		; /* no call that could end it is allowed */
}

void kernel_answers(const struct sock_filter *program, size_t len,
		    struct kernel_call *calls, size_t n)
{
	size_t size = sizeof(struct shared) + n * sizeof(*calls);
	struct shared *shared = mmap(NULL, size, PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int status = 0;
	pid_t pid;

	CHECK(shared != MAP_FAILED);
	memcpy(shared->calls, calls, n * sizeof(*calls));
	for (size_t i = 0; i < n; i++)
		shared->calls[i].error = -1;
	pid = fork();
	CHECK(pid >= 0);
	if (!pid)
		child(program, len, shared, n);
	while (!shared->done && !waitpid(pid, &status, WNOHANG))
		usleep(100);
	kill(pid, SIGKILL);
	if (shared->done)
		waitpid(pid, &status, 0);
	CHECK(WIFSIGNALED(status));
	memcpy(calls, shared->calls, n * sizeof(*calls));
	munmap(shared, size);
}
