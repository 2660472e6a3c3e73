/* SPDX-License-Identifier: MIT */
/* A process: its role, its programs, its namespaces, its cgroups. */
#ifndef CTTRACE_FACTS_PROCESS_H
#define CTTRACE_FACTS_PROCESS_H

#include "cttrace/event.h"

enum ct_role {
	CT_ROLE_UNKNOWN,
	CT_ROLE_ENGINE,   /* podman, docker, ctr: what the person called */
	CT_ROLE_DAEMON,   /* dockerd, containerd */
	CT_ROLE_MONITOR,  /* conmon, containerd-shim: stays with the container */
	CT_ROLE_RUNTIME,  /* crun, runc, bwrap, unshare: builds the container */
	CT_ROLE_INIT,     /* the container's first process before its payload runs */
	CT_ROLE_PAYLOAD,  /* what runs inside the container */
	CT_ROLE_NETWORK,  /* netavark, slirp4netns, pasta, CNI plug-ins, aardvark-dns */
	CT_ROLE_STORAGE,  /* fuse-overlayfs */
	CT_ROLE_IDMAP,    /* newuidmap, newgidmap */
	CT_ROLE_FIREWALL, /* iptables, nft */
	CT_ROLE_HOOK,     /* an OCI hook: what config.json wants run on the way */
	CT_ROLE_HELPER,   /* anything else that was started on the way */
	CT_ROLES,
};
const char *ct_role_name(enum ct_role role); /* "engine", …; "unknown" */

/* How a process or container came into a namespace. */
enum ct_ns_how {
	CT_NS_SHARED,  /* never changed: inherited from the creator */
	CT_NS_CLONE,   /* made by clone(CLONE_NEW…) */
	CT_NS_UNSHARE, /* made by unshare(CLONE_NEW…) */
	CT_NS_SETNS,   /* joined with setns */
};
const char *ct_ns_how_name(enum ct_ns_how how); /* "shared", "clone", … */

struct ct_ns_change {
	enum ct_ns type;
	enum ct_ns_how how;
	uint64_t from, to; /* inode numbers; 0: not known */
	int64_t t_ns;
	size_t event;      /* index into events[] */
	bool for_children; /* only children get it: unshare(CLONE_NEWPID), setns(pid) */
};

struct ct_cgroup_change {
	int process;             /* who was moved */
	int writer;              /* who wrote its pid (process index); itself for clone */
	const char *from, *to;   /* paths as the tracer sees them */
	const char *hierarchies; /* "memory,cpu,cpuacct,…"; "" for v2 only */
	int n_hierarchies;       /* how many moved together (v1: one event per move) */
	int64_t t_ns;
	size_t event; /* index into events[] of the first write, or the clone */
};

struct ct_exec {
	int64_t t_ns;
	const char *path; /* what runs: never empty */
	const char **argv;
	size_t argc;
	size_t event;
	bool self; /* the program executed a copy of itself (crun, runc: memfd) */
};

struct ct_process {
	int32_t pid;      /* as the tracer sees it */
	uint32_t serial;  /* of its first thread */
	int ppid_process; /* index of the parent process, -1: outside the trace */
	int32_t ppid;     /* 0: not known */
	int creator; /* index of the process that called clone; differs from the parent
			after CLONE_PARENT; -1: outside the trace */
	enum ct_birth how;
	int32_t nspid; /* its pid in its innermost pid namespace; equals pid at the top;
			  0: not known */
	enum ct_role role;
	const char *hook;           /* of CT_ROLE_HOOK: "prestart"; NULL: not known */
	const char *comm;           /* its last known name */
	int64_t born_ns, exited_ns; /* exited_ns -1: still alive at the end */
	struct ct_event_exit exit;
	struct ct_exec *execs;
	size_t n_execs;
	size_t n_threads; /* ever, the first one included */
	int container;    /* the container it builds, is in, or serves; -1 none */
	bool inside;      /* it is in the container: init, payload and their children */
	uint64_t ns_born[CT_NS_TYPES]; /* at birth; 0: not known */
	uint64_t ns[CT_NS_TYPES];      /* at the end */
	struct ct_ns_change *ns_changes;
	size_t n_ns_changes;
	size_t n_failed; /* failed calls */
};

#endif
