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

#include "cttrace/arch.h"
#include "cttrace/ns.h"
#include "cttrace/seen.h"
#include "cttrace/task_id.h"

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
	int16_t ns_type; /* enum ct_ns, or -1 when the type is not known */
	bool truncated;  /* str or items hold only the beginning */
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
	int64_t mount;     /* of a descriptor: the id of its mount; 0: not looked at */
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
	/* Of the program of a container that is built for a config.json, which says the same
	 * about it: */
	const char *cwd;  /* as it sees it; "" when it was not looked at */
	const char **env; /* "PATH=/bin"; none: it was not looked at */
	size_t n_env;
	bool env_truncated; /* env holds only the beginning */
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
		int signal;                   /* number */
		struct ct_event_meter *meter; /* never NULL */
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
	struct ct_peer *peer; /* of a connect that succeeded, or a message with
				 descriptors; NULL: not known */
	const char **passed; /* descriptors that a message took along: "/dev/net/tun" */
	size_t n_passed;
	/* of a request: messages that waited on a netlink socket for whoever reads it
	 * when it had returned; NULL: not looked at */
	struct ct_arg *answers;
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
/* Of kill(2) and its sisters: the pid of who gets the signal; 0: it is not known, and not
 * one process. */
int64_t ct_call_target(const struct ct_event_call *call);
/* One of open(2)'s kind: is it opened so that its bytes, or its directory, can change? */
bool ct_call_opens_to_write(const struct ct_event_call *call);
/* If the last name of its path is a symbolic link: is it done to where that leads? */
bool ct_call_follows(const struct ct_event_call *call);
/* Did it succeed? */
bool ct_call_ok(const struct ct_event_call *call);

#endif
