/* SPDX-License-Identifier: MIT */
/*
 * Linked into a copy of cttrace with --wrap: CT_FAULT=FUNCTION,ERRNO,N makes the Nth call
 * of the function fail with that error number, N+ that one and all that follow. A file
 * named by CT_FAULT_HIT is made when that happens for the first time.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* The linker's names for the function itself, and for what is called in its place. */
#define REAL(name) __asm__("__real_" name)
#define WRAP(name) __asm__("__wrap_" name)

long real_syscall(long nr, ...) REAL("syscall");

/* Everything here is the program's own: no other file may know of it. */
static atomic_long calls_seen;

static void tell_hit(void)
{
	const char *path = getenv("CT_FAULT_HIT");

	if (path)
		real_syscall(SYS_close,
			     real_syscall(SYS_open, path, O_CREAT | O_WRONLY, 0666));
}

/* Is this call the one? Then errno is set. */
static bool fails(const char *function)
{
	const char *spec = getenv("CT_FAULT");
	size_t len = strlen(function);
	char *end;
	long error, wanted, call;

	if (!spec || strncmp(spec, function, len) != 0 || spec[len] != ',')
		return false;
	error = strtol(spec + len + 1, &end, 10);
	if (*end != ',')
		return false;
	wanted = strtol(end + 1, &end, 10);
	call = atomic_fetch_add(&calls_seen, 1) + 1;
	if (call < wanted || (call > wanted && *end != '+'))
		return false;
	tell_hit();
	errno = (int)error;
	return true;
}

#define FAULT(type, failed, name, params, ...)                             \
	type real_##name params REAL(#name);                               \
	type wrap_##name params WRAP(#name);                               \
	type wrap_##name params                                            \
	{                                                                  \
		return fails(#name) ? (failed) : real_##name(__VA_ARGS__); \
	}

FAULT(long, -1, ptrace, (int request, pid_t pid, void *addr, void *data), request, pid,
      addr, data)
FAULT(ssize_t, -1, process_vm_readv,
      (pid_t pid, const struct iovec *local, unsigned long n_local,
       const struct iovec *remote, unsigned long n_remote, unsigned long flags),
      pid, local, n_local, remote, n_remote, flags)
FAULT(ssize_t, -1, write, (int fd, const void *bytes, size_t len), fd, bytes, len)
FAULT(ssize_t, -1, read, (int fd, void *bytes, size_t len), fd, bytes, len)
FAULT(ssize_t, -1, readlink, (const char *path, char *to, size_t len), path, to, len)
FAULT(FILE *, NULL, fopen, (const char *path, const char *mode), path, mode)
FAULT(void *, (void *)-1, mmap,
      (void *addr, size_t len, int prot, int flags, int fd, off_t offset), addr, len,
      prot, flags, fd, offset)
FAULT(void *, NULL, calloc, (size_t count, size_t size), count, size)
FAULT(void *, NULL, realloc, (void *old, size_t size), old, size)
FAULT(int, -1, pipe2, (int fds[2], int flags), fds, flags)
FAULT(int, -1, eventfd, (unsigned int value, int flags), value, flags)
FAULT(pid_t, -1, wait4, (pid_t pid, int *status, int options, void *usage), pid, status,
      options, usage)

FAULT(int, -1, memfd_create, (const char *name, unsigned int flags), name, flags)
FAULT(int, -1, poll, (void *fds, unsigned long count, int timeout), fds, count, timeout)
FAULT(pid_t, -1, fork, (void), )

/* Those that the C library has no function for, by their names. */
static bool syscall_fails(long nr)
{
	return (nr == SYS_bpf && fails("bpf")) || (nr == SYS_seccomp && fails("seccomp"));
}

/* As many as fit into registers: none of ours has more. */
long wrap_syscall(long nr, long a, long b, long c, long d, long e) WRAP("syscall");
long wrap_syscall(long nr, long a, long b, long c, long d, long e)
{
	return syscall_fails(nr) ? -1 : real_syscall(nr, a, b, c, d, e);
}

/* A mode may be there. */
int real_open(const char *path, int flags, ...) REAL("open");
int wrap_open(const char *path, int flags, ...) WRAP("open");
int wrap_open(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = va_arg(ap, mode_t);
	va_end(ap);
	return fails("open") ? -1 : real_open(path, flags, mode);
}

/* pthread_create returns its error. */
int real_pthread_create(void *thread, const void *attr, void *(*run)(void *), void *arg)
	REAL("pthread_create");
int wrap_pthread_create(void *thread, const void *attr, void *(*run)(void *), void *arg)
	WRAP("pthread_create");
int wrap_pthread_create(void *thread, const void *attr, void *(*run)(void *), void *arg)
{
	return fails("pthread_create") ? errno
				       : real_pthread_create(thread, attr, run, arg);
}
