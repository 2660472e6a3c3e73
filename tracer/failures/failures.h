/* SPDX-License-Identifier: MIT */
/*
 * The second eye: calls of the traced tasks that failed, whatever the seccomp filter lets
 * pass and whatever another filter denies, and key calls that need none, without a stop.
 * A BPF program at the end of every system call copies them; it needs Linux 5.8, CAP_BPF
 * and CAP_PERFMON (or root), and the initial pid namespace, because a program knows tasks
 * by their ids there only.
 *
 * What it cannot have: files behind descriptors other than those that are written to, the
 * time of the call's entry, and more of a string than CT_STR_MAX bytes.
 */
#ifndef CTTRACE_FAILURES_FAILURES_H
#define CTTRACE_FAILURES_FAILURES_H

#include "cttrace/error.h"
#include "plan.h"
#include "record.h"

struct ct_failures;

struct ct_failures_config {
	const struct ct_plan *(*plan)(enum ct_arch arch, int64_t nr);
	size_t ring_bytes; /* a power of two, at least a page; 0: 1 MiB */
	/*
	 * Every failed call of a task that builds is a stop by SIGSTOP from the kernel
	 * (si_code SI_KERNEL) instead of a report: for a tracer that takes the signal
	 * away, and lets go of no task that it has shown.
	 */
	bool halt;
	/*
	 * A task whose report has made the ring more than half full is stopped likewise,
	 * and is to be resumed when ct_failures_has_room(). For the same tracer.
	 */
	bool wait;
	bool only_key; /* of what fails, the key calls only */
	/* for tests: as on a kernel that does not describe itself, or is before 5.17 */
	bool no_files, no_loops;
};

/* NULL with err filled when this host does not allow it, or does it in another way. */
struct ct_failures *ct_failures_open(const struct ct_failures_config *config,
				     struct ct_error *err);
void ct_failures_free(struct ct_failures *failures); /* NULL is fine */

/*
 * Does it report the calls of ct_plan_needs_no_stop()? Only where the kernel describes
 * its structs (BTF); else those must be trapped.
 */
bool ct_failures_sees_files(const struct ct_failures *failures);
/*
 * Does it report each execve that fails because there is no such file, and stop who fails
 * to execute one that there is? Not where the kernel does not count what a task reads.
 */
bool ct_failures_tells_exec(const struct ct_failures *failures);

/*
 * A write that moves a task into a cgroup is such a stop, too, of whatever task: where to
 * is to be read before it is moved on, or ends.
 *
 * From the tracing thread, while the task is stopped. `builds`: report also what is worth
 * keeping (CT_PLAN_KEEP) of its successful calls. `inside`: report also those that change
 * files (CT_PLAN_CHANGES), if the names of files are known. False: there is no room for
 * it.
 */
bool ct_failures_watch(struct ct_failures *failures, struct ct_task_id task, bool builds,
		       bool inside);
void ct_failures_unwatch(struct ct_failures *failures, struct ct_task_id task);

/* In the stop that the program has caused: is it for want of room in the ring? */
bool ct_failures_must_wait(const struct ct_failures *failures, struct ct_task_id task,
			   uint64_t *arg0);
/* From any thread. */
bool ct_failures_has_room(const struct ct_failures *failures);

/* Readable (poll(2)) while there is something to be drained. */
int ct_failures_fd(const struct ct_failures *failures);
/*
 * From the recorder's thread: every call that has ended before, as a record of its own
 * architecture, number, arguments and result, at the time of its end. A task's calls are
 * in order. What did not fit into the ring is a CT_RECORD_GAP at the end.
 */
void ct_failures_drain(struct ct_failures *failures,
		       void (*fn)(void *ctx, const struct ct_record *rec), void *ctx);

#endif
