/* SPDX-License-Identifier: MIT */
/* The tasks that are being traced, by tid. */
#ifndef CTTRACE_KERNEL_TASK_H
#define CTTRACE_KERNEL_TASK_H

#include "plan.h"
#include "recbuf.h"

#include <stdbool.h>
#include <sys/types.h>

/* Every CLONE_NEW…; the lowest is CLONE_NEWTIME, which only clone3 and unshare know. */
#define CT_CLONE_NEW_NS UINT64_C(0x7e020080)

/* How much of a task is looked at. */
enum ct_depth {
	CT_DEPTH_KEY,     /* what the seccomp filter traps */
	CT_DEPTH_BUILDER, /* the same, and all that fails: the second eye sees it */
	CT_DEPTH_FULL,    /* every system call: PTRACE_SYSCALL */
};

/* Why a task is seen in more depth than others; decides what its next exec does to that.
 */
enum ct_depth_reason {
	CT_DEPTH_BY_OPTION,  /* stays */
	CT_DEPTH_BY_RUNTIME, /* an OCI runtime: until the payload's exec */
	CT_DEPTH_BY_DEED, /* made or joined a namespace, or installed a filter: until exec
			   */
};

/* The strict mode of seccomp, which the tracer keeps in the kernel's place. */
enum ct_strict {
	CT_STRICT_OFF,
	CT_STRICT_BEGINS, /* in the call that asks for it */
	CT_STRICT_ON,     /* every call stops, until it ends */
	CT_STRICT_KILLED, /* it has made a call that the mode forbids */
};

/* Write windows: descriptors of /proc and cgroup files that this thread opened for
 * writing. */
#define CT_WINDOW_FDS 8
/* One that is never closed is given up after so many calls. */
#define CT_WINDOW_STOPS 64

struct ct_task {
	struct ct_task *next; /* in its hash chain */
	pid_t tid, pid;
	uint32_t serial;

	/* birth */
	bool bound;       /* the parent's event has told whose child it is */
	bool held;        /* waits in its first stop for the parent's event */
	bool announced;   /* its TASK record is out */
	bool begun;       /* its first stop is over: it runs, or has run */
	bool dead;        /* it ended before the parent's event; wait_status says how */
	bool had_threads; /* of a leader: others of its process have been told of */
	int wait_status;
	bool stopped;     /* by a stopping signal, until SIGCONT */
	bool interrupted; /* by PTRACE_INTERRUPT, and has not stopped since */
	bool waits;       /* in a stop, for room in the ring of the second eye */
	bool unstopped;   /* attached to for what it starts: its own calls do not stop */
	int64_t born_ns;
	unsigned int state_wanted; /* CT_PLAN_…: what /proc is asked at its first stop */
	uint8_t birth;             /* enum ct_birth */
	struct ct_task_id creator;
	uint64_t clone_flags;

	uint32_t image; /* number of the program that it runs: grows with every execve */

	bool has_bundle; /* it is a runtime whose configuration was looked for */
	bool has_maker;  /* one of its creators is */

	/* depth */
	uint8_t depth;        /* enum ct_depth */
	uint8_t reason;       /* enum ct_depth_reason */
	bool watched;         /* by the second eye */
	bool new_root;        /* it changed "/" since its last exec, or inherited that */
	bool inside;          /* it lives in what a payload was given as "/" */
	bool new_children_ns; /* its children are born into another pid or time namespace
			       */

	uint8_t strict; /* enum ct_strict */

	/* the call it is in */
	bool in_call;  /* its exit stop will come */
	bool kept;     /* … and is wanted: `rec` holds what was copied at entry */
	bool executes; /* an execve has begun, and so has its record: if it fails, nobody
			  but the second eye tells */
	uint16_t arch; /* enum ct_arch */
	int64_t nr;
	uint64_t args[6];
	uint64_t flags; /* of clone and clone3; of openat2's open_how */
	const struct ct_plan *plan;
	int64_t entered_ns;
	struct ct_recbuf rec;
	struct ct_recbuf
		look; /* of a leader: its process's last CT_PLAN_LOOK that went well */
	uint64_t patched_addr; /* where CLONE_UNTRACED was removed; 0: nowhere, 1:
				  register */
	uint64_t patched_value;

	/* write windows */
	int window[CT_WINDOW_FDS];
	int n_windows;
	int window_stops; /* left before the windows are given up */
	int netlink;      /* protocol of the netlink socket that the call is about; -1 */
	bool asks;        /* … which it only asks something */
};

#define CT_TASK_BUCKETS 1024

struct ct_task_table {
	struct ct_task *bucket[CT_TASK_BUCKETS];
	size_t count;
	uint32_t last_serial;
};

struct ct_task *ct_task_find(const struct ct_task_table *table, pid_t tid);
/* A new task with the next serial; tid must not be in the table. */
struct ct_task *ct_task_add(struct ct_task_table *table, pid_t tid);
/* Takes it out and frees it. */
void ct_task_remove(struct ct_task_table *table, struct ct_task *task);
void ct_task_table_release(struct ct_task_table *table);

/* Calls fn for each; fn may remove the task that it is given. */
void ct_task_each(struct ct_task_table *table,
		  void (*fn)(struct ct_task *task, void *ctx), void *ctx);

static inline struct ct_task_id ct_task_id(const struct ct_task *task)
{
	return (struct ct_task_id){ task->tid, task->serial };
}

#endif
