/* SPDX-License-Identifier: MIT */
/*
 * Starting the command so that nothing of it runs unseen: its process waits, before
 * execve, until the tracer has seized it.
 */
#ifndef CTTRACE_KERNEL_LAUNCH_H
#define CTTRACE_KERNEL_LAUNCH_H

#include "cttrace/error.h"
#include "filter.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

/* A user to become, and what a log-in would put into the environment. */
struct ct_launch_user {
	uid_t uid;
	gid_t gid;
	const char *name, *home;
};

struct ct_launch {
	const char *path; /* from ct_launch_resolve() */
	char *const *argv;
	const struct ct_filter *filter;    /* NULL: none */
	const struct ct_filter *lighter;   /* in its place after CT_LAUNCH_LIGHTER */
	const struct ct_launch_user *user; /* NULL: stay who we are */
	pid_t tracer;                      /* allowed to trace it (yama) */
	sigset_t mask;                     /* of blocked signals, as the shell gave it */
	bool sigchld_ignored;              /* likewise */
};

/* What the tracer says. */
#define CT_LAUNCH_GO      'g'
#define CT_LAUNCH_LIGHTER 'l' /* key calls that need no stop need not be trapped */

/* The two pipes between the command's process, the tracer and the front end. */
struct ct_launch_pipes {
	int go[2]; /* tracer → command: a CT_LAUNCH_… when it is seized; closed: do not
		      run */
	int error[2]; /* command → front end: struct ct_launch_failure; closed by execve
		       */
};

struct ct_launch_failure {
	int code;      /* errno */
	int exec;      /* it was execve that failed: 126 or 127 */
	char what[24]; /* "setgroups", "execve" */
};

/*
 * Finds the program as execvp(3) would, so that the search is not part of the trace.
 * 0 with *path to be freed, or -errno (ENOENT, EACCES) with err filled.
 */
int ct_launch_resolve(const char *name, char **path, struct ct_error *err);

int ct_launch_pipes_open(struct ct_launch_pipes *pipes, struct ct_error *err);

/* Forks. In the child: waits, becomes the user, installs the filter, executes. */
pid_t ct_launch_start(const struct ct_launch *launch, struct ct_launch_pipes *pipes,
		      struct ct_error *err);

#endif
