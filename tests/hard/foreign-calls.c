/* SPDX-License-Identifier: MIT */
/* int 0x80 from 64-bit code, x32 numbers, numbers that are none: other calls than the
 * same numbers of x86_64, and they are in the trace as what they are. */
#include "hard.h"

#include <sys/mman.h>

#define X32_BIT          0x40000000
#define I386_SETHOSTNAME 74
#define I386_MOUNT       21
#define I386_FORK        2
#define I386_GETPID      20

static long int80(long nr, long a, long b, long c, long d)
{
	long ret;

	__asm__ volatile("int $0x80"
			 : "=a"(ret)
			 : "a"(nr), "b"(a), "c"(b), "d"(c), "S"(d)
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)ret;
}

int main(void)
{
	char *low = mmap((void *)0x10000000, 4096, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	long pid;

	if (low == MAP_FAILED)
		return HARD_SKIPPED;
	strcpy(low, "/no/such/target");
	tell("sethostname", "gives", int80(I386_SETHOSTNAME, (long)low, 65, 0, 0));
	tell("mount", "gives", int80(I386_MOUNT, (long)low, (long)low, (long)low, 0));
	tell("getpid", "is right", int80(I386_GETPID, 0, 0, 0, 0) == getpid());
	pid = int80(I386_FORK, 0, 0, 0, 0);
	if (!pid)
		_exit(4);
	tell_status("a fork", status_of((pid_t)pid));
	tell("an x32 number", "gives", result_of(syscall(X32_BIT | SYS_getpid)) < 0);
	tell("an unknown number", "gives", result_of(syscall(4000, 1, 2, 3)));
	tell("a number that is none", "gives", result_of(syscall(-7L)));
	tell("the last call", "gives", syscall(SYS_getpid) == getpid());
	return 0;
}
