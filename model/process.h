/* SPDX-License-Identifier: MIT */
/* Processes: birth, exec, exit, and finding one by a number that somebody wrote. */
#ifndef CTTRACE_MODEL_PROCESS_H
#define CTTRACE_MODEL_PROCESS_H

#include "state.h"

/* Both make f->task and f->process valid, or leave them at -1 (a serial seen twice). */
void process_birth(struct feed *f);
void process_exec(struct feed *f);
void process_exit(const struct feed *f);
/* Takes over what the event's snapshot says about the process. */
void process_status(const struct feed *f, int task);

/* The living process with that pid (as the tracer sees it), or -1. */
int process_by_pid(const struct model *m, int64_t pid);
/* The process of "/proc/123/…"; the event's own for "/proc/self/…"; -1. */
int process_by_path(const struct feed *f, const char *path);
/* Did the last exec run a copy of the program that ran before? */
bool process_exec_self(const struct model *m, int process);

#endif
