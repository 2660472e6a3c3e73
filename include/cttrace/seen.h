/* SPDX-License-Identifier: MIT */
/*
 * What was looked at while a task stood still: /proc, the program, the bundle, the stack.
 * Strings and arrays belong to the event that they are a part of.
 */
#ifndef CTTRACE_SEEN_H
#define CTTRACE_SEEN_H

#include "cttrace/mountinfo.h"
#include "cttrace/ns.h"
#include "cttrace/task_id.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
	const char *arg;       /* whose path it is: the name of the argument */
	int number;            /* 1 is the lowest; 0: none of them has it */
	int of;                /* how many there are; 0: it is not in an overlay */
	const char *directory; /* of the layer; "" when none has it */
	const char *
		path; /* where symbolic links of the image have led; "" if through none */
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

#endif
