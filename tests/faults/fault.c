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

/* Everything here is the program's own: no other file may know of it. */
static atomic_long calls_seen;

static void tell_hit(void)
{
	const char *path = getenv("CT_FAULT_HIT");

	if (path)
		syscall(SYS_close, syscall(SYS_open, path, O_CREAT | O_WRONLY, 0666));
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

#define WRAP(type, failed, name, params, ...)                                \
	type __real_##name params;                                           \
	type __wrap_##name params;                                           \
	type __wrap_##name params                                            \
	{                                                                    \
		return fails(#name) ? (failed) : __real_##name(__VA_ARGS__); \
	}

/* NOLINTBEGIN(bugprone-reserved-identifier): the linker's names */
WRAP(long, -1, ptrace, (int request, pid_t pid, void *addr, void *data), request, pid,
     addr, data)
WRAP(ssize_t, -1, process_vm_readv,
     (pid_t pid, const struct iovec *local, unsigned long n_local,
      const struct iovec *remote, unsigned long n_remote, unsigned long flags),
     pid, local, n_local, remote, n_remote, flags)
WRAP(ssize_t, -1, write, (int fd, const void *bytes, size_t len), fd, bytes, len)
WRAP(ssize_t, -1, read, (int fd, void *bytes, size_t len), fd, bytes, len)
WRAP(ssize_t, -1, readlink, (const char *path, char *to, size_t len), path, to, len)
WRAP(FILE *, NULL, fopen, (const char *path, const char *mode), path, mode)
WRAP(void *, (void *)-1, mmap,
     (void *addr, size_t len, int prot, int flags, int fd, off_t offset), addr, len, prot,
     flags, fd, offset)
WRAP(void *, NULL, calloc, (size_t count, size_t size), count, size)
WRAP(void *, NULL, realloc, (void *old, size_t size), old, size)
WRAP(int, -1, pipe2, (int fds[2], int flags), fds, flags)
WRAP(int, -1, eventfd, (unsigned int value, int flags), value, flags)
WRAP(pid_t, -1, wait4, (pid_t pid, int *status, int options, void *usage), pid, status,
     options, usage)

/* A mode may be there. */
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = va_arg(ap, mode_t);
	va_end(ap);
	return fails("open") ? -1 : __real_open(path, flags, mode);
}

/* pthread_create returns its error. */
int __real_pthread_create(void *thread, const void *attr, void *(*run)(void *),
			  void *arg);
int __wrap_pthread_create(void *thread, const void *attr, void *(*run)(void *),
			  void *arg);
int __wrap_pthread_create(void *thread, const void *attr, void *(*run)(void *), void *arg)
{
	return fails("pthread_create") ? errno
				       : __real_pthread_create(thread, attr, run, arg);
}
/* NOLINTEND(bugprone-reserved-identifier) */
