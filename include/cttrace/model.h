/* SPDX-License-Identifier: MIT */
/*
 * What a trace means: processes and their roles, containers, namespaces, cgroups, phases.
 * Computed anew from the observations whenever a trace is read, or event by event while
 * it is being recorded; nothing in here does input or output.
 *
 * Indexes: every array below is indexed by the plain `int` that other records hold; -1 is
 * "none". Pointers handed out are valid until the next ct_model_feed().
 */
#ifndef CTTRACE_MODEL_H
#define CTTRACE_MODEL_H

#include "cttrace/event.h"
#include "cttrace/seccomp.h"
#include "cttrace/trace.h"

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

/* A fact of a container's namespace set: one per type. */
struct ct_container_ns {
	enum ct_ns_how how;
	uint64_t from, to; /* host's inode → container's; equal when shared */
	int64_t t_ns;      /* -1 when shared */
	int by;            /* process that made it or first joined it; -1 */
};

struct ct_mount {
	int64_t t_ns;
	const char *source, *target, *type; /* target as seen from the container's root */
	const char *flags;       /* "nosuid,nodev,ro" … as mount(8) writes them */
	const char *propagation; /* "private", "rslave" … or "" */
	const char *data;
	bool outside; /* not below the container's root: target is as its maker saw it */
	size_t event;
};

/* A mount of the table that a container ended up with. */
struct ct_mounted {
	const char *target;        /* as the container sees it */
	const char *type, *source; /* of the file system; "" when not known */
	const char *root;          /* what of the file system: "/" or a subtree */
	const char *host;  /* the host's name for the same place; "" when it has none */
	const char *flags; /* "rw,nosuid,relatime" */
	const char *propagation; /* "private", "shared", "slave", "slave,shared", … */
	const char *options;     /* of the file system, as they were passed */
	const char *upper;       /* overlay: the layer that takes what is written; "" */
	const char **lower;      /* overlay: the other layers, uppermost first */
	size_t n_lower;
	int parent; /* index of the mount that it is on; -1 */
	bool file_system_read_only;
	bool masked;         /* hides a file or directory of /proc or /sys */
	bool read_only_path; /* a part of /proc or /sys, made read-only */
	bool covered;        /* another one lies on top of it */
	bool from_host;      /* its file system was there before the trace began */
	long event;          /* index into facts[]; -1: copied from another table */
};

struct ct_rlimit {
	int64_t t_ns;
	const char *name;    /* "RLIMIT_NOFILE" */
	uint64_t soft, hard; /* UINT64_MAX: unlimited */
	bool failed;
	size_t event;
};

struct ct_limit {
	int64_t t_ns;
	const char *file;   /* "pids.max", "memory.limit_in_bytes" */
	const char *cgroup; /* the directory */
	const char *value;
	const char *meaning; /* "512 MiB at most; …"; "" when there are no words */
	bool failed;
	bool replaced;       /* the same file was written again later */
	const char *above; /* the cgroup, if it is one above the container's: "/a"; "" */
	size_t event;
};

enum ct_bus_kind {
	CT_BUS_CALL,
	CT_BUS_RETURN,
	CT_BUS_ERROR,
	CT_BUS_SIGNAL,
	CT_BUS_KINDS,
};
const char *ct_bus_kind_name(enum ct_bus_kind kind); /* "call", "return", … */

/* A D-Bus message: how a runtime asks systemd for a cgroup, and what that answers. */
struct ct_bus_message {
	int process;
	int64_t t_ns;
	size_t event; /* that had its first byte */
	enum ct_bus_kind kind;
	bool sent;    /* by the process; else it was received */
	bool systemd; /* the interface is one of systemd's */
	uint32_t serial;
	const char *path, *interface, *member; /* "" */
	const char *error; /* name of an error: "org.freedesktop.DBus.Error.…" */
	const char *text;  /* in words: "StartTransientUnit c1.scope slice=…" */
	long other;        /* bus_messages[]: of a call its answer, and the reverse; -1 */
};

struct ct_unit_property {
	const char *name, *value;
};

/* The systemd unit that a container's cgroup was asked for as. */
struct ct_unit {
	const char *name; /* "libpod-….scope"; NULL: none */
	struct ct_unit_property *properties;
	size_t n_properties;
	long message; /* bus_messages[] */
};

struct ct_id_map {
	uint32_t inside, outside, length;
};

/* A write to uid_map, gid_map or setgroups of the user namespace of a container. */
struct ct_map_write {
	int64_t t_ns;
	size_t event;     /* index into facts[] */
	int process;      /* in the role IDMAP: newuidmap or newgidmap did it */
	const char *file; /* "uid_map" */
	const char *value;
	int error; /* positive errno; 0 */
};

/*
 * Something that was set for a container's processes while it was built, or was done to
 * its cgroup: act.def has the kinds.
 */
struct ct_act {
	int64_t t_ns;
	size_t event; /* index into facts[] */
	int process;  /* who did it */
	const char *kind;  /* stable: "sysctl", "keyring", "freezer" */
	const char *name;  /* the setting, the file or the call: "net.ipv4.ip_forward" */
	const char *value; /* as it was given */
	int error;         /* positive errno; 0 */
};

/* The numbered steps of a runtime, as the views count them. */
enum ct_step {
	CT_STEP_NONE,
	CT_STEP_NAMESPACES,
	CT_STEP_CGROUP,
	CT_STEP_ROOTFS,
	CT_STEP_NETWORK,
	CT_STEP_PIVOT,
	CT_STEP_CAPABILITIES,
	CT_STEP_SECCOMP,
	CT_STEP_EXEC,
	CT_STEPS,
};
const char *ct_step_name(enum ct_step step); /* "namespaces", …, "pivot_root" */

struct ct_phase {
	const char *name;  /* "engine", "network", "monitor", "create", "start", "run",
			      "clean-up"; or a step's name; "join" for "create" when
			      the container is older than the trace */
	enum ct_step step; /* CT_STEP_NONE for the large phases */
	int64_t start_ns, end_ns;
	int64_t busy_ns; /* for steps that come in pieces: the sum of the pieces */
	int container;   /* -1: none, or the whole run */
	int process;     /* who leads it (role shown beside it); -1 */
	size_t n_processes;
	const char
		*detail; /* one short phrase: "+ mnt uts ipc pid", "pids.max 2048"; ""
			    when there is nothing to say; beyond ASCII only the arrow in
			    "41 → 11", and what the traced programs chose as names */
};

/* What became of a file of the image, by the calls that were seen. */
enum ct_file_change {
	CT_FILE_WRITTEN, /* opened for writing: it is in the upper layer now */
	CT_FILE_CREATED, /* it was not there before */
	CT_FILE_REMOVED,
};
const char *ct_file_change_name(enum ct_file_change change); /* "written", … */

struct ct_changed_file {
	const char *path;           /* as the container sees it */
	enum ct_file_change change; /* the last one */
	bool by_runtime;            /* by who builds the container */
	size_t event;
	int layer;      /* the lower layer that has it, 1 is the lowest; 0: none has; -1:
			   not known */
	int layers;     /* how many there are; 0: not known */
	const char *directory; /* of that layer; "" */
};

/* One thing that keeps a container apart, or does not. */
struct ct_isolation {
	const char *aspect; /* "pid namespace", "capabilities" */
	const char *state;  /* "private", "shared with the host", "11 of 41" */
	const char *detail; /* names, paths; "" */
	const char *why;    /* why it matters */
	bool open;          /* it keeps nothing apart here */
};

/* Which wall a payload came to. */
enum ct_layer {
	CT_LAYER_NONE,       /* none: it was allowed */
	CT_LAYER_SECCOMP,    /* a seccomp filter */
	CT_LAYER_CAPABILITY, /* one that it does not have */
	CT_LAYER_USER_NS,    /* it has the capability, but not over what it wanted */
	CT_LAYER_MOUNT,      /* read-only, nodev, a mask: the mount that the file is on */
	CT_LAYER_DEVICES,    /* the rules of its cgroup about devices */
	CT_LAYER_LSM,        /* AppArmor, SELinux */
	CT_LAYER_PERMISSION, /* owner and mode of the file */
	CT_LAYER_TRACER,     /* cttrace: a process has one tracer */
	CT_LAYER_NO_NEW_PRIVS, /* an exec gives nothing */
	CT_LAYER_KERNEL,     /* something else that the kernel checks, or has not */
	CT_LAYER_UNKNOWN,
	CT_LAYERS,
};
const char *ct_layer_name(enum ct_layer layer); /* "none", "seccomp", … */

enum ct_outcome {
	CT_OUTCOME_ALLOWED,
	CT_OUTCOME_REFUSED,
	CT_OUTCOME_FAILED, /* no wall said no: there is no such thing, it is busy */
};
const char *ct_outcome_name(enum ct_outcome outcome); /* "allowed", … */

/* What a container's payload did about its walls; the same again is counted. */
struct ct_wall {
	const char *deed; /* stable: "mount", "device", "ptrace" */
	const char *what; /* "mount /dev/vda1 on /mnt (ext4)" */
	enum ct_outcome outcome;
	int error; /* positive errno; 0 */
	enum ct_layer layer;
	const char *reason; /* "cap_sys_admin is missing"; "" */
	bool reaches_host;  /* allowed, and what it did is not only the container's */
	int process;        /* the first one that did it */
	int64_t t_ns;
	size_t event; /* index into facts[] */
	size_t count;
};

/* What its limits did to a cgroup, by the kernel's own counters. */
enum ct_pressure_kind {
	CT_PRESSURE_OOM_KILL,  /* amount: processes killed */
	CT_PRESSURE_THROTTLED, /* amount: CPU periods whose quota was used up */
	CT_PRESSURE_FORK,      /* amount: forks that the limit refused */
	CT_PRESSURES,
};
const char *ct_pressure_name(enum ct_pressure_kind kind); /* "oom-kill", … */

struct ct_pressure {
	enum ct_pressure_kind kind;
	int64_t t_ns, end_ns; /* when: the moment, or the samples before and after */
	int64_t amount;
	int64_t held_ns; /* THROTTLED: how long, over all CPUs; else 0 */
	int meter;       /* index into meters[] */
	int process;     /* whom it hit; -1: not known */
	size_t event;    /* index into facts[]: the exit, the fork, else the sample */
};

/* The largest value there was, and when it was first seen; -1: not known. */
struct ct_peak {
	int64_t value, t_ns;
};

/* What there was at a moment: a sample, or what the kernel's own counters and the trace
 * say of the time between two of them. */
struct ct_meter_level {
	int64_t t_ns, value;
	bool between; /* in no sample: the kernel's peak, a limit that was run into */
};

struct ct_meter_levels {
	struct ct_meter_level *items; /* in the order of time */
	size_t n;
};

/* A cgroup whose figures were sampled. */
struct ct_meter {
	const char *cgroup;
	int container; /* -1: none is in it */
	const struct ct_event **samples; /* CT_EVENT_METER, in the order of the trace */
	size_t *facts;                   /* the index of each */
	size_t n_samples;
	/* made by ct_model_finish(): */
	int64_t last[CT_FIGURES]; /* as they were known last; -1 */
	int64_t used[CT_FIGURES]; /* of counters: what came to it while it was sampled; -1
				   */
	int64_t cpu_limit;           /* thousandths of a CPU; -1: none, or not known */
	struct ct_peak memory, pids; /* bytes; tasks */
	struct ct_peak cpu;          /* thousandths of a CPU between two samples */
	struct ct_meter_levels memory_levels, pids_levels;
	struct ct_pressure *pressures; /* in the order of time */
	size_t n_pressures;
};

/* How much of a CPU it used between two samples, in thousandths; -1: not known. */
int64_t ct_meter_cpu(const struct ct_meter *meter, size_t from, size_t to);

/* A program that was started in a container from outside. */
struct ct_joiner {
	int process;
	int exec; /* index into its execs[] */
	int64_t t_ns;
};

/* Something that the bundle's config.json says, and what came of it. */
enum ct_match {
	CT_MATCH_SAME,
	CT_MATCH_DIFFERS,
	CT_MATCH_NOT_SEEN,  /* the trace does not tell */
	CT_MATCH_NOT_ASKED, /* nothing was asked for; `done` is what there is */
};
const char *ct_match_name(enum ct_match match); /* "same", "differs", … */

struct ct_asked {
	const char *aspect; /* "namespace", "mount", "rlimit" */
	const char *name;   /* "pid", "/proc", "RLIMIT_NOFILE"; "" */
	const char *asked;  /* "new", "proc nosuid,nodev"; "" when nothing was */
	const char *done;   /* "private", "refused: EPERM"; "" when nothing was seen */
	const char *said;   /* of a hook: the first line of what it printed; "" */
	enum ct_match match;
	bool refused; /* somebody tried, and it failed */
	long event;   /* index into facts[]; -1 */
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
	int *cgroup_changes; /* indexes into cgroup_changes[] of the model, init's moves
			      */
	size_t n_cgroup_changes;
	const char *cgroup; /* the last one, relative to the hierarchy's root */
	struct ct_unit unit;
	int meter;          /* index into meters[] of the model; -1: it was not sampled */
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
	long config_event;  /* the runtime's exec that has its config.json; -1: none */
	const char *config_problem; /* why that says nothing; "" */
	struct ct_asked *asked;     /* what it asks for; made by ct_model_finish() */
	size_t n_asked;
	bool has_caps;      /* caps below were read at the payload's exec */
	struct ct_caps caps_before,
		caps;             /* of the runtime at its start; of the payload */
	int seccomp_instructions; /* -1: no filter was installed */
	const struct ct_seccomp *seccomp; /* what its filters answer, so far as the trace
					     has their programs; NULL: it has none */
	int no_new_privs;                 /* 0, 1, -1 unknown */
	const char *lsm;      /* what was written as its label; "" when nothing was */
	const char *hostname; /* "" when not set */
};

/* Who made a call fail: its task has a seccomp filter that the trace knows. */
enum ct_answerer {
	CT_ANSWERER_NONE,    /* it did not fail, or there is no such filter */
	CT_ANSWERER_FILTER,  /* the filter did: the call was never executed */
	CT_ANSWERER_KERNEL,  /* the filter let it pass */
	CT_ANSWERER_UNKNOWN, /* it depends on what the trace does not say */
};
const char *ct_answerer_name(enum ct_answerer answerer); /* "none", "filter", … */

/* -------- networks -------- */

/* What a process asked the kernel's network part for, over netlink. Questions are left
 * out. */
struct ct_net_request {
	int64_t t_ns;
	size_t event; /* index into facts[] */
	long answer;  /* the event in which the kernel's answer came; -1: none was seen */
	int process;
	uint64_t net;        /* namespace that the socket works in; 0: not known */
	bool by_ioctl;       /* else over netlink; its result is the answer */
	const char *type;    /* "RTM_NEWLINK"; of an nftables batch the first of its own;
				"SIOCSIFADDR" */
	const char *words;   /* "veth veth0 ⇄ eth0 → net 4026532289" */
	int error;           /* positive errno of the answer; 0 */
	const char *message; /* what the kernel said beside it; "" */
};

/* An interface that was made, moved or changed. */
struct ct_net_interface {
	const char *name;
	const char *kind; /* "veth", "bridge"; "" when that was not seen */
	int index;        /* 0: not known */
	const char *peer; /* the other end of a pair, its name when it was made; "" */
	uint64_t peer_net;
	const char *master; /* the bridge that it is a port of; "" */
	uint64_t from;      /* the namespace that it was moved from; 0: made here */
	const char **addresses; /* "10.88.0.5/16" */
	size_t n_addresses;
	const char *addressed; /* its name when it was given them; NULL: it never was */
	int64_t mtu;           /* 0: not set */
	bool up;
	bool changed; /* false: only its name was seen */
	bool removed;
	int by; /* process that made or first changed it; -1 */
};

/* One network namespace, and who had to do with it. */
struct ct_network {
	uint64_t inode;
	bool host;       /* the one that the trace began in */
	int made_by;     /* process; -1: it was there before, or that was not seen */
	int64_t made_ns; /* -1 */
	const char *path; /* where it was bind-mounted; "" */
	int bound_by;     /* process; -1 */
	int *joined;      /* processes that entered it by setns, each once */
	size_t n_joined;
	int *containers;
	size_t n_containers;
	struct ct_net_interface *interfaces;
	size_t n_interfaces;
	const char **routes; /* "default via 10.88.0.1 dev eth0" */
	size_t n_routes;
};

/* What the model adds to an event. */
struct ct_fact {
	const struct ct_event *event;
	int process;           /* -1: unknown task */
	int container;         /* -1: none */
	unsigned int tags;     /* 1 << enum ct_tag */
	size_t first_ns, n_ns; /* slice of ns_changes[] that this event caused */
	int cgroup;            /* index into cgroup_changes[], -1 */
	int bus;               /* index into bus_messages[], the first in it; -1 */
	int step;              /* enum ct_step it belongs to */
	enum ct_answerer answered_by;
	/* made by ct_model_finish(): what a limit did in this moment; NULL: nothing */
	const struct ct_pressure *pressure;
};

enum ct_tag {
	CT_TAG_PROCESS,    /* birth, exec, exit */
	CT_TAG_NAMESPACE,  /* makes, joins or leaves a namespace */
	CT_TAG_CGROUP,     /* creates, joins or limits a cgroup */
	CT_TAG_MOUNT,      /* changes a mount table */
	CT_TAG_ROOT,       /* pivot_root, chroot: "/" changes */
	CT_TAG_IDENTITY,   /* user and group ids, id maps */
	CT_TAG_CAPABILITY, /* capset, bounding and ambient set */
	CT_TAG_SECCOMP,
	CT_TAG_LIMIT, /* rlimits, oom_score_adj */
	CT_TAG_HOSTNAME,
	CT_TAG_KEYRING, /* joins a session keyring */
	CT_TAG_KILL,    /* signals a process of a container from outside */
	CT_TAG_SYSCTL,  /* writes a file of /proc/sys */
	CT_TAG_DEVICE,  /* mknod, device rules */
	CT_TAG_NETWORK, /* asks for a change of links, addresses, routes, packet filters */
	CT_TAG_FILE,    /* another write-open */
	CT_TAG_MESSAGE, /* a write to fd 2 */
	CT_TAG_PAYLOAD, /* the payload's exec */
	CT_TAG_FAILED,  /* the call failed */
	CT_TAG_WALL,    /* a payload tries something at its walls */
	CT_TAG_BENIGN,  /* failed, as it does in starts that work */
	CT_TAGS,
};
const char *ct_tag_name(enum ct_tag tag); /* "process", "namespace", … */

struct ct_finding {
	const char *id;       /* stable: "exit-nonzero", "payload-never-ran" */
	const char *severity; /* "info", "warning", "error" */
	int confidence;       /* percent */
	const char *title;
	long event; /* index into facts[], -1 */
	const char **evidence;
	size_t n_evidence;
	const char *cause, *remedy; /* "" when unknown */
};

/* What one process prepared or sent, and another one got. */
enum ct_handover_kind {
	CT_HANDOVER_FORK,      /* a process, from its creator */
	CT_HANDOVER_NAMESPACE, /* made by one, joined by the other */
	CT_HANDOVER_CGROUP,    /* moved there */
	CT_HANDOVER_MESSAGE,   /* bytes through a pipe or a pair of sockets */
	CT_HANDOVER_FIFO,      /* opened by one: the other, who waits at it, goes on */
	CT_HANDOVER_CONSOLE,   /* the container's terminal, through a socket */
	CT_HANDOVER_KINDS,
};
const char *ct_handover_kind_name(enum ct_handover_kind kind); /* "fork", … */

struct ct_handover {
	enum ct_handover_kind kind;
	int from, to; /* processes, never the same */
	int64_t from_ns, to_ns;
	long from_event;   /* index into facts[]: where it was made; -1: by `event` */
	size_t event;      /* index into facts[]: what handed it over */
	const char *label; /* "net", "procReady", "exec.fifo"; bytes of the traced
			      programs; "" */
};

/* What a filter lets a picture show: see cttrace/query.h. */
struct ct_selection {
	const char *expression;
	bool each; /* it asks for calls: each is told by itself, nothing is summed up */
	/* by index; of processes and containers, whether any of their facts is selected */
	const bool *facts, *processes, *containers;
	const size_t *places; /* of facts that are shown: their index among these */
	const size_t *shown;  /* the facts that are, in order */
	size_t n_shown;
};

struct ct_model {
	const struct ct_trace_header *header;
	struct ct_fact *facts; /* one per event that was fed, in order */
	size_t n_facts;
	struct ct_process *processes;
	size_t n_processes;
	struct ct_container *containers;
	size_t n_containers;
	struct ct_ns_change *ns_changes;
	size_t n_ns_changes;
	struct ct_cgroup_change *cgroup_changes;
	size_t n_cgroup_changes;
	struct ct_bus_message *bus_messages;
	size_t n_bus_messages;
	struct ct_meter *meters;
	size_t n_meters;
	struct ct_net_request *net_requests;
	size_t n_net_requests;
	struct ct_network *networks; /* who joined them is known after ct_model_finish() */
	size_t n_networks;
	/* made by ct_model_finish(): */
	struct ct_phase *phases;
	size_t n_phases;
	struct ct_finding *findings;
	size_t n_findings;
	struct ct_handover *handovers; /* in the order of their events */
	size_t n_handovers;
	int root; /* process index of the traced command; -1 when attached */
	int64_t end_ns;
	bool complete;
	struct ct_event_exit exit; /* of the traced command */
	bool exited;               /* it has */
	const struct ct_selection *selection; /* NULL: everything is shown */
};

/* Both arguments must stay alive as long as the model. */
struct ct_model *ct_model_new(const struct ct_trace_header *header);
/* Events in the order of the trace. The event must stay alive as long as the model. */
void ct_model_feed(struct ct_model *model, const struct ct_event *event);
/* Computes phases and findings; may be called again after more events. `footer` may be
 * NULL. */
void ct_model_finish(struct ct_model *model, const struct ct_trace_footer *footer);
void ct_model_free(struct ct_model *model);

/* new + feed all + finish. */
struct ct_model *ct_model_of_trace(const struct ct_trace *trace);

/* "cap_sys_admin" …; NULL for a bit without a name. Bits to 40 are known. */
const char *ct_cap_name(unsigned int bit);

#endif
