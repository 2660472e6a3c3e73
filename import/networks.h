/* SPDX-License-Identifier: MIT */
/*
 * Which network namespace each task is in and each descriptor belongs to, as far as the
 * calls so far tell. The log says an inode number late or never: an identity is what a
 * namespace has from the call on that makes it.
 */
#ifndef CTTRACE_IMPORT_NETWORKS_H
#define CTTRACE_IMPORT_NETWORKS_H

#include "cttrace/arena.h"
#include "span.h"
#include "task.h"

struct ct_log_network_name {
	char *path; /* where it is bound, or was found */
	uint32_t network;
};

struct ct_log_networks {
	struct ct_arena *arena; /* of the event that is being made */
	bool wanted;      /* the log has messages of netlink: else nothing is followed */
	uint64_t *inodes; /* of identity n + 1, as far as the log has told so far; 0 */
	size_t n, cap;
	uint64_t *foretold; /* the same at the end of an earlier pass; NULL */
	size_t n_foretold;
	struct ct_log_network_name *names;
	size_t n_names, cap_names;
	uint32_t *by_pid; /* where the task of this number is; 0: not known */
	size_t n_by_pid;
};

/* Where the command begins: whoever makes that one, it is the first. */
#define CT_LOG_NETWORK_FIRST 1

/* Its inode; while the log never says that, its identity, which is no inode's number. */
uint64_t ct_log_network_number(const struct ct_log_networks *networks, uint32_t network);

/* Begins another pass, in which the numbers are known from the start. */
void ct_log_networks_again(struct ct_log_networks *networks);

/* The network namespace that a new task begins in. The state that tells it, if that is
 * a new one; NULL. */
struct ct_state *ct_log_network_birth(struct ct_log_networks *networks,
				      struct ct_log_task *task,
				      const struct ct_log_task *creator,
				      const struct ct_event_task *birth);

/* Says of the arguments of a call which namespaces they stand for. */
void ct_log_network_mark(struct ct_log_networks *networks, const struct ct_log_task *task,
			 struct ct_event_call *call);

/*
 * What a call that succeeded has done. `path` is what the log says the returned
 * descriptor is; NULL: it does not. The state that tells of a new namespace; NULL.
 */
struct ct_state *ct_log_network_call(struct ct_log_networks *networks,
				     struct ct_log_task *task,
				     const struct ct_event_call *call, const char *path);

/* What is known of names and numbers, for who follows the calls. */
uint32_t ct_log_network_add(struct ct_log_networks *networks, uint64_t inode);
uint32_t ct_log_network_of_inode(struct ct_log_networks *networks, uint64_t inode);
uint32_t ct_log_network_of_pid(const struct ct_log_networks *networks, uint64_t pid);
/* "net:[4026532249]" is what the namespace turns out to be. */
void ct_log_network_learn(struct ct_log_networks *networks, uint32_t network,
			  struct ct_span link);
void ct_log_network_bind(struct ct_log_networks *networks, const char *path,
			 uint32_t network);
void ct_log_network_unbind(struct ct_log_networks *networks, const char *path);
void ct_log_network_enter(struct ct_log_networks *networks, struct ct_log_task *task,
			  uint32_t network);
/* The namespace that a file stands for; 0: it is none, or not known. */
uint32_t ct_log_network_behind(const struct ct_log_networks *networks,
			       const struct ct_log_task *task, const char *path);

void ct_log_networks_release(struct ct_log_networks *networks);

#endif
