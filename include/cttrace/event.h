/* SPDX-License-Identifier: MIT */
/*
 * The vocabulary of a trace: one event is one thing that was *observed* about a task.
 * What events mean (who is the runtime, which phase is this) is the model's business.
 *
 * Strings and arrays belong to the arena of whoever made the event (the decoder, or the
 * trace reader); an event is valid as long as that arena is.
 */
#ifndef CTTRACE_EVENT_H
#define CTTRACE_EVENT_H

#include "cttrace/mountinfo.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A task (thread) of the trace. Kernel ids are reused, so the serial is what counts: it
 * starts at 1, grows by one with every task that is seen, and is unique within a trace.
 * Serial 0 is "no task" or "a task outside the trace".
 */
struct ct_task_id {
	int32_t tid; /* in the tracer's pid namespace */
	uint32_t serial;
};

/* The eight namespace types, and the two "for children" links, in /proc/PID/ns order. */
enum ct_ns {
	CT_NS_CGROUP,
	CT_NS_IPC,
	CT_NS_MNT,
	CT_NS_NET,
	CT_NS_PID,
	CT_NS_TIME,
	CT_NS_USER,
	CT_NS_UTS,
	CT_NS_TYPES, /* how many types there are */
	CT_NS_PID_FOR_CHILDREN = CT_NS_TYPES,
	CT_NS_TIME_FOR_CHILDREN,
	CT_NS_LINKS, /* how many links there are in /proc/PID/ns */
};

/* "mnt", "pid", … "pid_for_children"; the names of the files in /proc/PID/ns. */
const char *ct_ns_name(enum ct_ns ns);
/* The reverse, for a name of `len` bytes; -1 when it is none. */
int ct_ns_from_name(const char *name, size_t len);
/* CLONE_NEWNS, CLONE_NEWPID, … of a type (not of a link "for children"). */
uint64_t ct_ns_clone_flag(enum ct_ns ns);

enum ct_arch {
	CT_ARCH_X86_64,
	CT_ARCH_I386, /* also int 0x80 from 64-bit code */
	CT_ARCH_X32,
	CT_ARCH_AARCH64,
	CT_ARCH_ARM, /* 32-bit tasks of an aarch64 kernel */
	CT_ARCH_UNKNOWN,
};
const char *ct_arch_name(enum ct_arch arch);
/* Are its registers 32 bits wide? (Those of x32 are not; its pointers are.) */
bool ct_arch_is_narrow(enum ct_arch arch);
/*
 * Are the last two arguments of its clone(2) the other way round than those of x86_64: tls
 * before child_tid (CONFIG_CLONE_BACKWARDS)? An event has them as x86_64 does.
 */
bool ct_arch_clones_backwards(enum ct_arch arch);
/* In bytes; 4 of an unknown one. */
size_t ct_arch_pointer_size(enum ct_arch arch);

/* -------- arguments -------- */

enum ct_value {
	CT_VALUE_NONE,   /* not known: unreadable memory, or an argument not looked at */
	CT_VALUE_INT,    /* i: signed integers, flags (all 64 bits as the tracee passed
			    them), fds */
	CT_VALUE_PTR,    /* i: an address, shown in hexadecimal */
	CT_VALUE_STR,    /* str, len: bytes as passed, any bytes, also NUL */
	CT_VALUE_LIST,   /* items: values without names (argv, groups) */
	CT_VALUE_FIELDS, /* items: named values (a struct) */
};

struct ct_arg {
	const char *name; /* "flags"; NULL for the items of a list */
	enum ct_value type;
	bool truncated; /* str or items hold only the beginning */
	int64_t i;
	const char *str;
	size_t len;
	struct ct_arg *items;
	size_t n_items;
	/*
	 * text: for people, without control characters removed (renderers escape):
	 * "MS_BIND|MS_REC", "7</run/netns/x>", "\"/proc\"". Never NULL; "?" if unknown.
	 */
	const char *text;
	/*
	 * path: what a file name or descriptor really is, resolved while the task was
	 * stopped: an absolute path as the task sees it (a relative one joined with its
	 * directory, /proc/self/fd/7 followed), or "net:[4026532310]", "pipe:[123]",
	 * "socket:[5]", "anon_inode:…". NULL when the argument is neither.
	 */
	const char *path;
	/* for descriptors (and paths followed through a descriptor) of namespace files */
	uint64_t ns_inode; /* inode number of the namespace; 0: it is not a namespace */
	int ns_type;	   /* enum ct_ns, or -1 when the type is not known */
	int64_t mount;     /* of a descriptor: the id of its mount; 0: not looked at */
};

/* -------- what /proc said -------- */

struct ct_ids {
	uint32_t real, effective, saved, fs;
};

struct ct_caps {
	uint64_t inheritable, permitted, effective, bounding,
		ambient; /* bit N: capability N */
};

/* One line of /proc/PID/cgroup. */
struct ct_cgroup {
	int hierarchy;           /* 0: the unified hierarchy (v2) */
	const char *controllers; /* "memory", "cpu,cpuacct", "name=systemd"; "" for v2 */
	const char *path;        /* as seen by the tracer, "/" … */
};

enum {
	CT_STATE_NS = 1 << 0,     /* ns[] was read */
	CT_STATE_CGROUP = 1 << 1, /* cgroups[] was read */
	CT_STATE_STATUS = 1 << 2, /* comm, uid, gid, caps, nspid, … were read */
};

/*
 * A snapshot of /proc/TID taken while the task was stopped, right after the event that
 * carries it. Only the parts named in `have` were read.
 */
struct ct_state {
	unsigned int have;    /* CT_STATE_… */
	struct ct_task_id of; /* whose: the event's own task, or the one it moved */

	uint64_t ns[CT_NS_LINKS]; /* inode numbers; 0: the link could not be read */

	struct ct_cgroup *cgroups;
	size_t n_cgroups;

	const char *comm;
	int32_t tgid, ppid;
	struct ct_ids uid, gid;
	const char *groups; /* supplementary ones: "20 44"; "" */
	struct ct_caps caps;
	int32_t *nspid; /* the pid in each nested pid namespace, outermost first */
	size_t n_nspid;
	int no_new_privs;    /* 0, 1; -1: not said */
	int seccomp;         /* 0 none, 1 strict, 2 filter; -1: not said */
	int seccomp_filters; /* how many (cttrace's own included); -1: not said */
};

/* The file that an execve could not execute, as it was at that moment. */
struct ct_program {
	int error;         /* why it cannot be opened (then nothing else is known); 0 */
	unsigned int mode; /* st_mode */
	uint32_t uid, gid;
	uint64_t size;    /* bytes */
	bool noexec;      /* its mount forbids execution */
	const char *head; /* its first bytes, up to 256 */
	size_t n_head;
	const char *interpreter; /* after "#!", or of PT_INTERP; NULL: none */
	int interpreter_error;   /* why that cannot be opened; 0 */
};

/* A shared library that a program has not got, as its dynamic loader looks for it. */
struct ct_lacked {
	const char *library;   /* as it is asked for: "libc.so.6" */
	const char *needed_by; /* path of the file that asks for it first */
};

#define CT_LIMIT_NONE (-1)
struct ct_limit_pair {
	const char *name;   /* the kernel's word: "Max open files" */
	int64_t soft, hard; /* CT_LIMIT_NONE: unlimited */
};

/*
 * What /proc said of a task besides its state, while it stood where its call had failed:
 * what the errno needs to be told apart from the same errno for other reasons.
 */
struct ct_circumstances {
	const char *lsm;              /* its label; NULL: no security module says one */
	uint64_t owners[CT_NS_LINKS]; /* inode of the user namespace that owns each of its
				       * namespaces; of a user namespace: its parent; 0:
				       * not known
				       */
	int64_t userns_uid;           /* who owns its user namespace; -1: not known */
	struct ct_mountinfo *mount;   /* what the call's path lies on; NULL */
	struct ct_limit_pair *limits;
	size_t n_limits;
};

/* What a runtime was asked for: the config.json of its bundle, as it was at its exec. */
struct ct_bundle {
	const char *path;   /* of that file, as the runtime sees it */
	int error;          /* why it cannot be read; 0 */
	const char *config; /* its text, any bytes; NULL: not read */
	size_t n_config;
	bool cut; /* it holds only the beginning */
};

/* Which of the lower layers of an overlay has the file that a call changes. */
struct ct_lower_layer {
	const char *arg; /* whose path it is: the name of the argument */
	int number;      /* 1 is the lowest; 0: none of them has it */
	int of;          /* how many there are; 0: it is not in an overlay */
	const char *directory; /* of the layer; "" when none has it */
	const char *path; /* where symbolic links of the image have led; "" if through none */
};

/* Who listens at a local socket that a call has connected to: SO_PEERCRED, unix(7). */
struct ct_peer {
	int32_t pid; /* in the tracer's pid namespace */
	uint32_t uid, gid;
	const char *exe; /* what it runs: the link /proc/PID/exe; "" when not known */
};

/* One frame of a call stack, innermost first. */
struct ct_frame {
	const char *module; /* path of the object; "" when unknown */
	const char *symbol; /* function; "" when unknown */
	const char *source; /* "file.go:123"; "" when unknown */
	uint64_t offset;    /* from the symbol's start, or from the module's start */
	uint64_t ip;        /* address in the tracee */
};

/* -------- events -------- */

enum ct_event_kind {
	CT_EVENT_TASK, /* a task exists from here on; always the first event of its serial
			*/
	CT_EVENT_CALL, /* a system call, with its result when that was seen */
	CT_EVENT_EXEC, /* an execve that succeeded: the process runs another program */
	CT_EVENT_EXIT, /* a task has ended; always the last event of its serial */
	CT_EVENT_SIGNAL, /* a signal was delivered to the task */
	CT_EVENT_GAP,    /* something was lost here: `text` says what, `count` how many */
	CT_EVENT_NOTE,  /* the tracer about itself: `text` (depth chosen, set-uid warning)
			 */
	CT_EVENT_METER, /* what a cgroup's files said; its task was seen in there */
	CT_EVENT_KINDS,
};

/* The figures of a cgroup: figure.def. */
enum ct_figure {
#define FIGURE(name, key) CT_FIGURE_##name,
#include "cttrace/figure.def"
#undef FIGURE
	CT_FIGURES,
};
const char *ct_figure_name(enum ct_figure figure); /* "memory", "memory_peak", … */

enum ct_birth {
	CT_BIRTH_ROOT,     /* the traced command */
	CT_BIRTH_FORK,     /* fork, or clone with exit signal SIGCHLD */
	CT_BIRTH_VFORK,    /* CLONE_VFORK */
	CT_BIRTH_CLONE,    /* another clone: a new process with special flags */
	CT_BIRTH_THREAD,   /* CLONE_THREAD */
	CT_BIRTH_ATTACHED, /* it ran before the tracer came */
};

struct ct_event_task {
	int32_t pid;               /* its thread group; equal to the tid for a process */
	struct ct_task_id creator; /* who called fork or clone; serial 0 when unknown */
	enum ct_birth how;
	uint64_t flags; /* clone flags, without the exit signal; 0 when unknown */
};

enum ct_result {
	CT_RESULT_NONE,    /* the call never returned, or its return was not looked at */
	CT_RESULT_VALUE,   /* `ret` is what the tracee got */
	CT_RESULT_ERROR,   /* the tracee got -1 with errno `error` */
	CT_RESULT_RESTART, /* interrupted by a signal; it starts again on its own */
	CT_RESULT_ONGOING, /* it had not returned when the tracer looked; dur_ns: so far
			    */
};

struct ct_event_call {
	const char *name; /* "mount"; "syscall_1234" for an unknown number */
	int64_t nr;
	enum ct_arch arch;
	struct ct_arg *args;
	size_t n_args;
	enum ct_result result;
	int64_t ret;
	int error; /* positive errno */
	/* The id of the mount that the returned descriptor is in; 0: not looked at. While
	 * somebody has it open, no other mount has this id. */
	int64_t mount;
};

struct ct_event_exec {
	const char *call; /* "execve" or "execveat" */
	const char *path; /* as the task named it, made absolute; "" for AT_EMPTY_PATH */
	const char
		*exe; /* what runs now: the link /proc/TID/exe (an interpreter for #!) */
	const char **argv; /* may be cut: see argv_truncated */
	size_t argc;
	bool argv_truncated;
	struct ct_task_id former; /* the thread that called, when it was not the leader */
	uint32_t mode, owner, group; /* of a file with a set-user-ID or set-group-ID bit;
				      * mode 0: it has none, or is not known */
};

struct ct_event_exit {
	int status; /* 0…255; -1 when a signal ended it */
	int signal; /* 0 when it exited by itself */
	bool core;  /* core dumped */
};

struct ct_event_meter {
	const char *cgroup;          /* its path in (the first of) its hierarchies */
	int64_t figures[CT_FIGURES]; /* -1: not known; of a limit also: there is none */
};

struct ct_event {
	enum ct_event_kind kind;
	struct ct_task_id task;
	int64_t t_ns;   /* nanoseconds of CLOCK_MONOTONIC since the start of the trace */
	int64_t dur_ns; /* how long the call took; -1: not known, or no call */
	union {
		struct ct_event_task birth;
		struct ct_event_call call;
		struct ct_event_exec exec;
		struct ct_event_exit exit;
		int signal; /* number */
		struct ct_event_meter meter;
		struct {
			const char *text;
			uint64_t count;
		} note; /* GAP and NOTE */
	};
	struct ct_state *state;     /* NULL: nothing was read */
	struct ct_program *program; /* of a failed execve; NULL: not looked at */
	struct ct_circumstances
		*circumstances;   /* of a failed call; NULL: not looked at */
	struct ct_bundle *bundle; /* of a runtime's exec; NULL: none */
	struct ct_lower_layer
		*layers; /* of a call that changes files; NULL: not looked at */
	size_t n_layers;
	struct ct_lacked *lacks; /* of the exit_group of a loader that gives up */
	size_t n_lacks;
	struct ct_peer *peer; /* of a connect that succeeded; NULL: not known */
	struct ct_arg *answers; /* messages that waited on a netlink socket for whoever reads
				 * it, when a request had returned; NULL: not looked at */
	size_t n_answers;
	struct ct_frame *stack; /* NULL: no stack was taken */
	size_t n_stack;
};

const char *ct_event_kind_name(enum ct_event_kind kind); /* "task", "call", … */
const char *ct_birth_name(enum ct_birth how);            /* "root", "fork", … */

/* The argument `name` of a call, or NULL. */
const struct ct_arg *ct_call_arg(const struct ct_event_call *call, const char *name);
/* Its integer value; `fallback` when it has none. */
int64_t ct_call_int(const struct ct_event_call *call, const char *name, int64_t fallback);
/* Its resolved path, else the string that was passed; "" when it has none. */
const char *ct_call_path(const struct ct_event_call *call, const char *name);
/* One of open(2)'s kind: is it opened so that its bytes, or its directory, can change? */
bool ct_call_opens_to_write(const struct ct_event_call *call);
/* If the last name of its path is a symbolic link: is it done to where that leads? */
bool ct_call_follows(const struct ct_event_call *call);
/* Did it succeed? */
bool ct_call_ok(const struct ct_event_call *call);

#endif
