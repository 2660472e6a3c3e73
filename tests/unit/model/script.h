/* SPDX-License-Identifier: MIT */
/*
 * A trace written by hand, one event a line, one millisecond each:
 *
 *	TID VERB WORDS… [KEY:VALUE]…
 *
 * table TARGET TYPE    a mount that was there at the start; ID and parent by the keys
 * root, attach         the traced command; a process that ran before
 * fork CHILD           a process; CHILD's links and status by the keys
 * clone CHILD FLAGS    the same with CLONE_… flags: NEWNS|NEWPID, PARENT, INTO_CGROUP
 * thread CHILD         a thread
 * exec PATH ARGV…      PATH "-": execveat of an empty path
 * exit STATUS, kill SIGNAL, gap COUNT
 * write PATH TEXT      and other calls, with their arguments in order: see script.c
 *
 * Keys: ns:mnt=11,pid=12  links afterwards (others as last told for that task)
 *       cg:pids=/a,memory=/a  cgroups afterwards; hierarchies are numbered by controller
 *       of:TID  whose the snapshot is; nspid:N caps:N nnp:N ppid:N comm:NAME exe:PATH
 *       seccomp:N  its mode; 0: no filter
 *       from:TID  the thread that called execve; err:N  errno; ret:N; dur:US
 *       peer:/usr/bin/x  who listens at the socket that is connected to
 *       mount:N  the id of the mount that is returned; else of the first argument
 *       cwd:/  what a relative path of the call is resolved to
 *       id:N parent:N shared:N master:N root:/sub opts:ro  of a mount in the table
 * In words, "~" is a space and "\n" a newline; "" is "-".
 */
#ifndef CTTRACE_TESTS_MODEL_SCRIPT_H
#define CTTRACE_TESTS_MODEL_SCRIPT_H

#include "cttrace/model.h"

struct script {
	struct ct_trace trace;
	struct ct_model *model;
};

/* Runs the script; ends the test when a line is not understood. */
struct script *script_run(const char *text);
void script_free(struct script *script);

/* The process that had that pid last; ends the test when there is none. */
const struct ct_process *script_process(const struct script *script, int pid);
/* The facts of the event in that line, counted from 1. */
const struct ct_fact *script_fact(const struct script *script, size_t line);

#endif
