/* SPDX-License-Identifier: MIT */
/*
 * What the hard cases share. A case does something that tracers get wrong, checks that
 * the kernel treated it as always, and prints what it saw: the runner compares this with
 * what the case prints untraced. "name = 123" lines are $said in NAME.expect, and may
 * differ from run to run.
 */
#ifndef TESTS_HARD_H
#define TESTS_HARD_H

#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define HARD_SKIPPED 77 /* the status by which test harnesses know a skipped test */

/* Ends the case when the kernel said no: skipped if it may not, failed otherwise. */
static inline long must(const char *what, long result)
{
	if (result >= 0)
		return result;
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	_exit(errno == EPERM || errno == ENOSYS ? HARD_SKIPPED : 1);
}

/* Runs a call that gives a number; says its name when it fails. */
#define MUST(call) must(#call, (long)(call))

/* A number that differs from run to run; printed now, lest a child prints it again. */
static inline void say(const char *name, long value)
{
	printf("%s = %ld\n", name, value);
	fflush(stdout);
}

/* How something ended, in words that do not change from run to run. */
static inline void tell(const char *what, const char *how, long value)
{
	printf("%s: %s %ld\n", what, how, value);
	fflush(stdout);
}

static inline void tell_status(const char *what, int status)
{
	if (WIFEXITED(status))
		tell(what, "exited with", WEXITSTATUS(status));
	else if (WIFSIGNALED(status))
		tell(what, "killed by", WTERMSIG(status));
	else if (WIFSTOPPED(status))
		tell(what, "stopped by", WSTOPSIG(status));
	else
		tell(what, "continued", 0);
}

/* The result of a call that may fail: its value, or the errno, negative. */
static inline long result_of(long ret)
{
	return ret < 0 ? -errno : ret;
}

static inline int status_of(pid_t pid)
{
	int status;

	MUST(waitpid(pid, &status, __WALL));
	return status;
}

static inline pid_t raw_clone3(struct clone_args *args)
{
	return (pid_t)syscall(SYS_clone3, args, sizeof(*args));
}

/* clone(2) without a stack of its own: like fork(), with flags. */
static inline pid_t raw_clone(unsigned long flags)
{
	return (pid_t)syscall(SYS_clone, flags, NULL, NULL, NULL, NULL);
}

#endif
