/* SPDX-License-Identifier: MIT */
/*
 * What the samples share. A sample does one thing to the kernel and prints what the
 * kernel itself says about it, one "name = value" per line: NAME.expect compares the
 * report of a trace with these lines.
 */
#ifndef SAMPLES_SAMPLE_H
#define SAMPLES_SAMPLE_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAMPLE_SKIPPED 77 /* the status by which test harnesses know a skipped test */

/* Ends the sample when the kernel said no: skipped if it may not, failed otherwise. */
static inline long must(const char *what, long result)
{
	if (result >= 0)
		return result;
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(errno == EPERM || errno == EACCES || errno == ENOSYS ? SAMPLE_SKIPPED : 1);
}

/* Runs a call that gives a number; says its name when it fails. */
#define MUST(call) must(#call, (long)(call))

/* A namespace has no name, only an inode number: that of its link in /proc/PID/ns. */
static inline unsigned long ns_inode(const char *link)
{
	struct stat st;

	MUST(stat(link, &st));
	return (unsigned long)st.st_ino;
}

/* Prints now: what is still in the buffer at a fork() would be printed twice. */
static inline void say(const char *name, unsigned long value)
{
	printf("%s = %lu\n", name, value);
	fflush(stdout);
}

/* Waits for a child; its trouble is ours. */
static inline void wait_for(pid_t pid)
{
	int status;

	MUST(waitpid(pid, &status, 0));
	if (!WIFEXITED(status))
		exit(1);
	if (WEXITSTATUS(status))
		exit(WEXITSTATUS(status));
}

#endif
