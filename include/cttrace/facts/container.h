/* SPDX-License-Identifier: MIT */
/* A container: who built it, of what, and what it is in. */
#ifndef CTTRACE_FACTS_CONTAINER_H
#define CTTRACE_FACTS_CONTAINER_H

#include "cttrace/facts/asked.h"
#include "cttrace/facts/bus.h"
#include "cttrace/facts/limit.h"
#include "cttrace/facts/mount.h"
#include "cttrace/facts/process.h"
#include "cttrace/facts/wall.h"
#include "cttrace/seccomp.h"

/* A fact of a container's namespace set: one per type. */
struct ct_container_ns {
	enum ct_ns_how how;
	uint64_t from, to; /* host's inode → container's; equal when shared */
	int64_t t_ns;      /* -1 when shared */
	int by;            /* process that made it or first joined it; -1 */
	int maker; /* index into ns_changes[] of what made it: the number alone may
		      be that of one that is gone; -1: older than the trace */
};

/* A program that was started in a container from outside. */
struct ct_joiner {
	int process;
	int exec; /* index into its execs[] */
	int64_t t_ns;
};

struct ct_container {
	const char *id;      /* as the engine or the runtime names it; else "pid-N" */
	const char *engine;  /* "podman", …; "" when started without one */
	const char *runtime; /* name: "crun"; how it was found is the role's business */
	const char *runtime_path;
	const char *bundle; /* "" when there is none */
	const char *rootfs; /* path on the host that became "/"; "" when unknown */
	int monitor, runtime_process, init; /* process indexes */
	int init_pid, init_nspid;
	int payload; /* process that runs the payload: init, or its child (bwrap); -1 */
	int payload_exec;   /* index into processes[payload].execs; -1: never ran */
	int64_t payload_ns; /* -1: never ran */
	int64_t pivot_ns;   /* pivot_root, chroot or MS_MOVE; -1: never */
	const char *pivot;  /* "pivot_root", "chroot", "MS_MOVE"; "" */
	struct ct_event_exit exit; /* of the payload; status -1 and signal 0: unknown */
	struct ct_container_ns ns[CT_NS_TYPES];
	int *cgroup_changes; /* init's moves: indexes into the model's cgroup_changes[] */
	size_t n_cgroup_changes;
	const char *cgroup; /* the last one, relative to the hierarchy's root */
	struct ct_unit unit;
	int meter; /* index into meters[] of the model; -1: it was not sampled */
	struct ct_limit *limits;
	size_t n_limits;
	struct ct_rlimit *rlimits;
	size_t n_rlimits;
	const char *oom_score_adj; /* last value written for init; "" when never */
	struct ct_id_map *uid_map, *gid_map;
	size_t n_uid_map, n_gid_map;
	const char *setgroups; /* "allow", "deny", "" when never written */
	struct ct_map_write *map_writes;
	size_t n_map_writes;
	struct ct_act *acts; /* in the order of the trace */
	size_t n_acts;
	struct ct_mount *mounts;
	size_t n_mounts;
	struct ct_mounted *mount_table; /* when its payload ended, or the trace did */
	size_t n_mount_table; /* 0: it shares the host's, or that is not known */
	struct ct_changed_file *changed_files; /* on overlay mounts, in the order of
						  the first change */
	size_t n_changed_files;
	bool mount_table_whole; /* false: the replay began with an unknown table */
	struct ct_isolation *isolation;
	size_t n_isolation; /* made by ct_model_finish() */
	int outer;          /* the container that it was started in: an index; -1 */
	bool older;         /* it was there before the trace: somebody has joined it */
	struct ct_joiner *joiners; /* programs that came in later, as podman exec does */
	size_t n_joiners;
	struct ct_wall *walls; /* in the order of the first try */
	size_t n_walls;
	long config_event; /* the runtime's exec that has its config.json; -1: none */
	const char *config_problem; /* why that says nothing; "" */
	struct ct_asked *asked;     /* what it asks for; made by ct_model_finish() */
	size_t n_asked;
	bool has_caps; /* caps below were read at the payload's exec */
	struct ct_caps caps_before,
		caps;             /* of the runtime at its start; of the payload */
	int seccomp_instructions; /* -1: no filter was installed */
	const struct ct_seccomp *seccomp; /* what its filters answer, so far as the trace
					     has their programs; NULL: it has none */
	int no_new_privs;                 /* 0, 1, -1 unknown */
	const char *lsm;      /* what was written as its label; "" when nothing was */
	const char *hostname; /* "" when not set */
};

#endif
