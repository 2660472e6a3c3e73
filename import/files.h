/* SPDX-License-Identifier: MIT */
/*
 * What a task's descriptors and its working directory are, as far as its calls so far
 * tell: a log without -y names only numbers.
 */
#ifndef CTTRACE_IMPORT_FILES_H
#define CTTRACE_IMPORT_FILES_H

#include "cttrace/event.h"

/*
 * How many bytes all tables together may still take: a log of forks would otherwise grow
 * without bounds. A table that does not fit is empty: what it held is not known.
 */
struct ct_log_room {
	size_t left;
};

struct ct_log_files; /* a table of descriptors; threads share one */
struct ct_log_cwd;   /* a working directory; threads share one */

struct ct_log_files *ct_log_files_new(struct ct_log_room *room);
struct ct_log_files *ct_log_files_share(struct ct_log_files *files);
struct ct_log_files *ct_log_files_copy(const struct ct_log_files *files);
void ct_log_files_drop(struct ct_log_files *files);

struct ct_log_cwd *ct_log_cwd_new(void);
struct ct_log_cwd *ct_log_cwd_share(struct ct_log_cwd *cwd);
struct ct_log_cwd *ct_log_cwd_copy(const struct ct_log_cwd *cwd);
void ct_log_cwd_drop(struct ct_log_cwd *cwd);

/* NULL: not known. */
const char *ct_log_files_path(const struct ct_log_files *files, int64_t fd);
const char *ct_log_cwd_path(const struct ct_log_cwd *cwd);
void ct_log_cwd_set(struct ct_log_cwd *cwd, const char *path);
/* The network namespace of a socket, or that a file stands for (networks.h); 0. */
uint32_t ct_log_files_network(const struct ct_log_files *files, int64_t fd);
void ct_log_files_set_network(struct ct_log_files *files, int64_t fd, uint32_t network);
/* execve closes what is marked for it. */
void ct_log_files_exec(struct ct_log_files *files);

/*
 * What a call that succeeded has done to them. `path` is what the log says the returned
 * descriptor is; NULL: it does not.
 */
void ct_log_files_call(struct ct_log_files *files, struct ct_log_cwd *cwd,
		       const struct ct_event_call *call, const char *path);

#endif
