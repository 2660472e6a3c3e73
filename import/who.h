/* SPDX-License-Identifier: MIT */
/* Whose line it is. Both passes over a log ask in the same order, and get the same. */
#ifndef CTTRACE_IMPORT_WHO_H
#define CTTRACE_IMPORT_WHO_H

#include "line.h"

/* Serials of tasks count from 1, by their first lines. Zeroed is a good start. */
struct ct_log_who {
	int32_t *pids; /* of serial n + 1; 0: not known yet */
	bool *alive;
	size_t n_tasks, cap_pids, cap_alive;
	uint32_t *by_pid; /* serial; 0: nobody has this pid now */
	size_t n_by_pid;
	bool *announced; /* strace has said that it follows this pid: it is a child */
	size_t n_announced;
	size_t n_alive;
	uint32_t last; /* whose the line before was */
};

/* The serial; 0: nobody's, as what strace says of itself. It may be one more than before:
 * then this is the task's first line. */
uint32_t ct_log_who_is(struct ct_log_who *who, const struct ct_log_line *line);
/* Who has this pid now, or the only one there is; 0: nobody. */
uint32_t ct_log_who_has(const struct ct_log_who *who, int32_t pid);
/* After a line was dealt with: who has ended by it. The thread whose execve took over
 * the line's task, or 0. */
uint32_t ct_log_who_ends(struct ct_log_who *who, uint32_t serial,
			 const struct ct_log_line *line);
void ct_log_who_release(struct ct_log_who *who);

#endif
