/* SPDX-License-Identifier: MIT */
/* What the model must remember of the past to understand the next event. */
#ifndef CTTRACE_MODEL_STATE_H
#define CTTRACE_MODEL_STATE_H

#include "cttrace/arena.h"
#include "cttrace/model.h"
#include "map.h"
#include "mount_tree.h"

/* Where the last change of a link "for children" was noted: 1 + index; 0: never. */
struct children_change {
	size_t in_model, in_process;
	bool peopled; /* it has had a child since */
};

/* A thread. Namespaces and root directories belong to threads, not to processes. */
struct task {
	int process;
	int site;           /* the container that it builds, is in, or serves; -1 */
	bool inside;        /* it is in namespaces of that site */
	size_t root_switch; /* 1 + the fact of its last pivot_root or chroot there; 0:
			       none */
	uint64_t ns[CT_NS_LINKS]; /* 0: not known */
	int table;                /* 1 + the mount table that it is counted in; 0: none */
	struct children_change pid_children, time_children;
	const struct ct_caps *caps; /* as /proc said last, or its creator's; NULL */
	struct filter *filter;      /* the newest that is known; NULL: none */
	bool other_filters;         /* perhaps it has some that are not known */
};

/* What struct ct_process does not say; same index. */
struct process_state {
	int leader;        /* task */
	int site;          /* of the process as a whole; -1 */
	enum ct_role hint; /* by its program's name; UNKNOWN: that says nothing */
	const char *path, *exe, *argv0; /* of its program */
	const struct ct_caps *started;  /* at its last exec, or NULL */
	const struct ct_cgroup *cgroups;
	size_t n_cgroups;
	int last_move; /* index into cgroup_changes[], -1 */
	bool joining;  /* it came into a container from outside, for a program to run */
	bool rooted;   /* chroot(2) gave it a "/" of its own: */
	struct place root;
	/* written before it was known what they are for */
	struct ct_limit *limits;
	size_t n_limits;
};

/* When a step was worked on, in pieces: the steps of a runtime interleave. */
struct step_time {
	int64_t start_ns, end_ns, busy_ns; /* start_ns -1: never */
	int processes[4];                  /* who worked on it; the first one began */
	size_t n_processes;
};

/* How sure it is that an exec was the payload's: a better one replaces a worse one. */
enum payload_rank {
	RANK_NONE,
	RANK_DESCENDANT,      /* some process inside: may be a hook */
	RANK_INIT,            /* the first process inside, as unshare(1) does */
	RANK_ROOT_DESCENDANT, /* below a task that switched its root: bwrap's child */
	RANK_ROOT_INIT,       /* the first process inside, after it switched its root */
};

/*
 * A place where a container is (perhaps) built. It becomes a container of the model when
 * it has proved to be one: many programs make namespaces for other reasons.
 */
struct site {
	struct ct_container draft; /* until container >= 0 */
	int container;
	int outer;         /* the site whose container this one was started in; -1 */
	bool named;        /* an OCI runtime was told its id */
	bool ended;        /* its payload did; the mount table is what it was then */
	bool dissolved;    /* no container: a program's own environment */
	int starter;       /* process of `runtime start`; -1 */
	int engine;        /* process, found at the end; -1 */
	int64_t create_ns; /* when the runtime began */
	enum payload_rank rank;
	size_t payload_event;
	unsigned int root_switches;
	struct map changed_files; /* index into changed_files[]: path, hashed */
	int root_filesystem;      /* 1 + the overlay of its root; 0: not known */
	struct map walls;         /* index into walls[]: what and outcome, hashed */
	const char **devices;     /* nodes that were made for it */
	size_t n_devices;
	const char **engine_sockets; /* of the host: its payload found engines there */
	size_t n_engine_sockets;
	const char **nodes; /* those that its payload made */
	size_t n_nodes;
	const char *old_root; /* where the host's "/" hangs after the first pivot_root */
	size_t last_failure;  /* 1 + the fact of the last failure that matters */
	struct step_time steps[CT_STEPS];
	enum ct_step step;       /* being worked on */
	struct step_time *built; /* the steps at the payload's exec, or NULL */
	struct filter *filter;   /* of the container's init, the newest; NULL: none */
};

/* Of an overlay, before it is known whose root it is. */
struct outside_change {
	int filesystem;
	struct ct_changed_file file;
};

/* A mount that no directory shows yet: fsmount, open_tree. */
struct detached {
	const char *source, *type, *data;
	uint64_t flags; /* MS_… */
};

/* A netlink socket, and the namespace that it was made in: it works there for ever. */
struct net_socket {
	uint64_t net;
};

/* What was written about the ids of one user namespace. */
struct id_maps {
	struct ct_id_map *uid, *gid;
	size_t n_uid, n_gid;
	const char *setgroups;
	struct ct_map_write *writes;
	size_t n_writes;
};

struct model {
	struct ct_model pub;
	struct ct_arena arena;   /* lives as long as the model */
	struct ct_arena results; /* of the last ct_model_finish() */
	size_t cap_facts, cap_fact_sites;
	int *fact_sites; /* one per fact */
	struct task *tasks;
	size_t n_tasks;
	struct process_state *states; /* one per process */
	struct site *sites;
	size_t n_sites;
	struct detached *detached;
	size_t n_detached;
	struct id_maps *id_maps;
	size_t n_id_maps;
	uint64_t host_ns[CT_NS_TYPES]; /* 0: not known */
	struct mount_tree tree;        /* all mount tables, replayed */
	uint64_t gaps;                 /* what was lost, counted */
	size_t first_gap;              /* 1 + its fact; 0: none */
	struct map by_serial;          /* task */
	struct map by_pid;             /* process: the last one that had the pid */
	struct map by_id;              /* site: container id, hashed */
	struct map by_ns;         /* site: inode of a mnt or pid namespace made for it */
	struct map ns_makers;     /* index into ns_changes[]: inode */
	struct map by_net_socket; /* net_sockets[]: (process, descriptor) */
	struct net_socket *net_sockets;
	size_t n_net_sockets;
	struct map networks;    /* networks[]: inode */
	struct map overlays;    /* fact of the mount: its target, hashed */
	struct outside_change *outside_changes;
	size_t n_outside_changes;
	const char **made_links; /* targets */
	size_t n_made_links;
	struct map by_link;     /* made_links[]: mount namespace and name */
	struct map mount_fds;   /* detached: mount_fd_key() */
	struct map mount_trees; /* mount of the tree that is not attached: the same */
	struct bus_link *links; /* descriptors that speak D-Bus */
	size_t n_links, cap_links;
	struct map by_bus;          /* link: (process, descriptor) */
	struct map device_programs; /* fact of the load: (process, descriptor) */
	size_t n_device_programs;   /* attached so far */
	struct map by_cgroup;       /* meters[]: path, hashed */
	struct map by_user_ns;      /* id_maps: inode of the user namespace */
	size_t n_filters;
	struct filter *last_filter; /* that was made */
	struct map single_answers;  /* answers[]: filter, architecture and number */
	uint32_t *answers;          /* that do not depend on arguments */
	size_t n_answers;
	struct ct_bpf_scratch *scratch; /* NULL: not needed yet */
};

/* One event on its way through the model. */
struct feed {
	struct model *m;
	const struct ct_event *event;
	size_t index; /* of the event, and of its fact */
	int task;     /* -1: unknown */
	int process;  /* its process; -1 */
	int site;     /* what the event is about, when that is not the task's site; -1 */
};

/* Room for one more item, zeroed; the capacity follows from the count. */
#define push(m, items, count)                                                   \
	((items) = state_grow(&(m)->arena, (items), (count), sizeof(*(items))), \
	 &(items)[(count)++])
void *state_grow(struct ct_arena *arena, void *items, size_t count, size_t size);

struct ct_fact *feed_fact(const struct feed *f);
struct ct_container *site_container(struct model *m, int site);

/* The part of a path after its last slash; the path itself when there is none. */
const char *state_basename(const char *path);

#endif
