/* SPDX-License-Identifier: MIT */
/* What the files of the engine share with each other, and with nobody else. */
#ifndef CTTRACE_KERNEL_ENGINE_INTERNAL_H
#define CTTRACE_KERNEL_ENGINE_INTERNAL_H

#include "engine.h"
#include "forward.h"
#include "monotonic.h"
#include "task.h"

/* glibc's header first: the kernel's then leaves its names alone */
#include <sys/ptrace.h>

#include <linux/ptrace.h>

#include <pthread.h>
#include <stdatomic.h>

struct ct_engine {
	struct ct_engine_config config;
	struct ct_task_table tasks;
	pid_t root;
	uint32_t last_image;
	bool root_runs; /* its first exec is done: what it does from here on is its own */
	bool detaching; /* every task that stops is let go */
	bool unprivileged; /* set-uid programs have no effect under this tracer */
	size_t n_unbound;  /* tasks that wait, or have died, before their creator's event
			    */
	struct ct_recbuf scratch;
	struct ct_forwarding forwarding; /* signals of the command */

	/* what other threads see of it */
	pthread_t thread;
	atomic_int request; /* enum ct_request */
	atomic_bool over;   /* ct_engine_run() has returned */
	atomic_bool waits;  /* some task does, for room in the ring of the second eye */
};

/* How long a creator may take to tell of its child: it does so at once, or never. */
#define CT_BIRTH_PATIENCE_NS (50 * 1000 * 1000)

/* engine.c */
void ct_engine_resume(struct ct_engine *engine, struct ct_task *task, int sig);
/* A record of a task, which stays as it is, or is dropped. */
void ct_engine_tell(struct ct_engine *engine, const struct ct_task *task,
		    struct ct_record *rec);
void ct_engine_emit(struct ct_engine *engine, const struct ct_task *task,
		    struct ct_recbuf *rb);
bool ct_engine_sees_all(const struct ct_engine *engine, const struct ct_task *task);
/* A call that returned this descriptor: of a device that not every program has open? */
bool ct_device_opened(const struct ct_task *task, int64_t fd);
/* Interrupts every task, to let it go at its next stop. */
void ct_engine_detach_all(struct ct_engine *engine);

/* request.c */
/* The signal that wakes the engine is for the calling thread from here on. */
void ct_request_listen(void);
/* Does what was asked for; says what it was. */
enum ct_request ct_request_serve(struct ct_engine *engine);
void ct_engine_tell_all(struct ct_engine *engine);

/* inside.c: the call that a task waits in, if it does, as an unfinished one */
/* The call that /proc says it is in, into its nr, args and plan; false: in none. */
bool ct_inside_ask(const struct ct_engine *engine, struct ct_task *task);
void ct_inside_tell(struct ct_engine *engine, struct ct_task *task);

/* birth.c: from the first sign of a task to its end */
void ct_birth_parent_event(struct ct_engine *engine, struct ct_task *parent);
void ct_birth_first_stop(struct ct_engine *engine, struct ct_task *task);
void ct_birth_announce(struct ct_engine *engine, struct ct_task *task);
/* Goes on without the creator's event where it is overdue. */
void ct_birth_give_up_waiting(struct ct_engine *engine);
void ct_birth_forget(struct ct_engine *engine, struct ct_task *task);
void ct_birth_gone(struct ct_engine *engine, struct ct_task *task, int wait_status);

/* call.c: a system call from its entry to its exit */
void ct_call_enter(struct ct_engine *engine, struct ct_task *task,
		   const struct ptrace_syscall_info *info);
void ct_call_leave(struct ct_engine *engine, struct ct_task *task,
		   const struct ptrace_syscall_info *info);
/* Copies what the plan says of the call that the task is in, into its record. */
void ct_call_start_record(const struct ct_engine *engine, struct ct_task *task);
/* It dies within the call. */
void ct_call_abandon(struct ct_engine *engine, struct ct_task *task);
/* It goes on without us. */
void ct_call_forget(struct ct_task *task);

/* untraced.c: CLONE_UNTRACED, at the entry and at the exit of a call */
void ct_untraced_begin(struct ct_task *task);
void ct_untraced_end(struct ct_task *task);

/* What says why the call has failed, and is gone when the task goes on. */
void ct_call_capture_failure(const struct ct_engine *engine, struct ct_task *task,
			     int error);

/* strict.c: the strict mode of seccomp */
/* At the entry of a call: if it asks for the mode, and the kernel would grant it but for
 * our filter, it becomes a call that succeeds. */
void ct_strict_begin(const struct ct_engine *engine, struct ct_task *task);
/* At its exit: the registers are as they were, and the mode is on. */
void ct_strict_end(struct ct_engine *engine, struct ct_task *task);
/* Does the task's mode forbid the call that it is about to make? */
bool ct_strict_forbids(const struct ct_task *task, uint64_t nr);
/* The call is not made: the thread ends, as it would by the kernel's hand. */
void ct_strict_kill(struct ct_engine *engine, struct ct_task *task);
/* The wait status that it would have had then. */
int ct_strict_status(const struct ct_task *task, int wait_status);

/* halt.c: the second eye stops a builder where a call has failed */
/* Is this signal that stop? */
bool ct_halt_is(const struct ct_task *task, int sig);
/* Takes the signal away, emits the call and resumes, if it is. */
bool ct_halt_serve(struct ct_engine *engine, struct ct_task *task, int sig);
/* Resumes who waits for room in its ring, if there is some. */
void ct_halt_end_waits(struct ct_engine *engine);

/* init.c: what is otherwise for the init of a pid namespace */
/* Would it crash for ever under a tracer? Then it is traced no more, and dies. */
bool ct_init_lets_die(const struct ct_task *task, int sig);
/* Would it, without a tracer, not notice this signal? */
bool ct_init_ignores(const struct ct_task *task, int sig);

/* exec.c */
void ct_exec_event(struct ct_engine *engine, struct ct_task *leader);

/* privilege.c */
bool ct_privilege_missing(void);
/* Warns, once, of a program whose set-uid bit or capabilities have had no effect. */
void ct_privilege_check(struct ct_engine *engine, const struct ct_task *task);

/* window.c: writes to files of /proc and cgroups, without trapping every write */
/* After a successful open of `fd`: does it open a window? */
void ct_window_open(struct ct_task *task, int fd);
void ct_window_close(struct ct_task *task, int fd);
/* After a successful dup: the copy is a window if the descriptor was, and only then. */
void ct_window_dup(struct ct_task *task, int fd, int copy);
/* Counts a stop that only an open window has caused. */
void ct_window_spend(struct ct_task *task);
/* Is this descriptor a file of /proc or of a cgroup? */
bool ct_window_wants(const struct ct_engine *engine, const struct ct_task *task, int fd);
/* After a successful write: the task whose pid it moved into a cgroup, with its cgroups.
 */
void ct_window_moved(struct ct_recbuf *rb, const struct ct_engine *engine,
		     const struct ct_task *task);

/* Keeps a window open, or opens one, for at least so many more calls. */
void ct_window_renew(struct ct_task *task, int fd, int stops);

/* netlink.c: how networks are made. On a socket for links, addresses and routes, windows
 * are open like on files of /proc */
/* The protocol of a netlink socket; -1: it is none. */
int ct_netlink_protocol(const struct ct_task *task, int fd);
/* Is what is sent or received in this call netlink's? Keeps looking for the answer. */
bool ct_netlink_wants(struct ct_task *task);
/* Its record has begun: what is to be seen after it? */
void ct_netlink_follow(const struct ct_engine *engine, struct ct_task *task);
/* It only asked, and was not refused: nothing to tell. */
bool ct_netlink_was_told(struct ct_task *task);
/* The protocol, and the network namespace that a request names by a number. */
void ct_netlink_capture(struct ct_recbuf *rb, const struct ct_task *task);
/* When it has returned: the answer, if one waits. */
void ct_netlink_answered(struct ct_recbuf *rb, const struct ct_task *task);

/* ioctl.c: networks that are made with ioctl(2) */
/* What the request points to, and which socket it asks. */
void ct_ioctl_capture(struct ct_recbuf *rb, const struct ct_task *task);
/* After its success: what the kernel has filled in. */
void ct_ioctl_filled(struct ct_recbuf *rb, const struct ct_task *task);

/* message.c: is the task telling another one something, or writing a log? */
bool ct_message_wants(const struct ct_engine *engine, const struct ct_task *task);
/* A question about a file was answered; the next message may be about that. */
void ct_message_look(struct ct_engine *engine, const struct ct_task *task, int64_t ret);
/* Before a message: emits the last answer. */
void ct_message_tell(struct ct_engine *engine, const struct ct_task *task);

/* circumstances.c: what /proc says of a task whose call has failed so, into its record
 */
void ct_circumstances_take(struct ct_task *task, int error);

/* snapshot.c: registers and stack of the task, into its record, if stacks are wanted */
void ct_snapshot_take(const struct ct_engine *engine, struct ct_task *task);

/* depth.c: how much of a task is looked at */
/* Is it an OCI runtime, or does it make a container by other means? */
bool ct_depth_builds(const struct ct_task *task);
void ct_depth_at_birth(const struct ct_engine *engine, struct ct_task *child);
/* Shows the stopped task to the second eye, as deep as it is to be seen; a builder that
 * cannot be shown is traced in full. */
void ct_depth_watch(const struct ct_engine *engine, struct ct_task *task);
void ct_depth_unwatch(const struct ct_engine *engine, struct ct_task *task);
void ct_depth_after_call(const struct ct_engine *engine, struct ct_task *task);
void ct_depth_after_exec(const struct ct_engine *engine, struct ct_task *task,
			 const struct ct_record *rec);

#endif
