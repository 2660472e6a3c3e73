/* SPDX-License-Identifier: MIT */
/* What a wait status means. All of ptrace's ambiguity is in here, and nowhere else. */
#ifndef CTTRACE_KERNEL_STOP_H
#define CTTRACE_KERNEL_STOP_H

/*
 * Every status that wait4() can return for a task that was taken with PTRACE_SEIZE, and
 * what the receiver must do. With SEIZE the status alone says which it is (ptrace(2),
 * "Stopped states"); PTRACE_GETSIGINFO is never needed.
 */
enum ct_stop_kind {
	CT_STOP_EXITED,   /* the task is gone; value: exit status. Forget it. */
	CT_STOP_KILLED,   /* the task is gone; value: signal. Forget it. */
	CT_STOP_SYSCALL,  /* entry or exit: ask PTRACE_GET_SYSCALL_INFO which */
	CT_STOP_SECCOMP,  /* the filter trapped a call at its entry */
	CT_STOP_NEW_TASK, /* fork, vfork or clone returned; event message: the child */
	CT_STOP_EXEC,     /* execve succeeded; event message: the former tid */
	CT_STOP_SIGNAL,   /* value: a signal is about to be delivered; inject it */
	CT_STOP_GROUP,    /* value: a stopping signal took effect: PTRACE_LISTEN */
	CT_STOP_TRAP,     /* first stop of a new task, end of a group-stop, or
			     PTRACE_INTERRUPT: resume */
	CT_STOP_ENDING,   /* it is about to end, of a signal or by itself: resume; its
			     EXITED or KILLED comes later */
	CT_STOP_OTHER,    /* an event that was not asked for: resume */
};

struct ct_stop {
	enum ct_stop_kind kind;
	int value; /* exit status or signal number, as the kind says */
	int event; /* PTRACE_EVENT_… of a NEW_TASK or OTHER, else 0 */
};

struct ct_stop ct_stop_classify(int wait_status);

#endif
