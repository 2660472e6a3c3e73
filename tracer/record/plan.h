/* SPDX-License-Identifier: MIT */
/*
 * What to copy for a system call: the seam between the engine, which stops tasks and
 * knows no call by name, and the table of calls in decode/, which never touches a task.
 */
#ifndef CTTRACE_RECORD_PLAN_H
#define CTTRACE_RECORD_PLAN_H

#include "cttrace/event.h"

/* How an argument's bytes are fetched. */
enum ct_take {
	CT_TAKE_NOTHING, /* the register says it all */
	CT_TAKE_STR,     /* a string, up to `size` bytes (0: 4096) */
	CT_TAKE_PATH,   /* a string, and its directory if relative: descriptor in argument
			   `of`, or the working directory if of < 0; magic links of /proc */
	CT_TAKE_FD,     /* readlink and stat of the descriptor */
	CT_TAKE_PIDFD,  /* like FD; the task it stands for is in its fdinfo */
	CT_TAKE_SOCKET, /* like FD; what it speaks ("TCP:[123]"), and in which network */
	CT_TAKE_MOUNT_FD,  /* like FD; and the id of its mount */
	CT_TAKE_MEM,       /* `size` bytes at entry */
	CT_TAKE_MEM_OUT,   /* `size` bytes at exit, when the call succeeded */
	CT_TAKE_SIZED,     /* bytes at entry, length in argument `of`, at most `size` */
	CT_TAKE_SIZED_OUT, /* bytes at exit: the returned length, at most `size` */
	CT_TAKE_ARRAY,     /* `size` bytes for each of the (argument `of`) items */
	CT_TAKE_STRV,      /* a NULL-terminated vector of strings (argv) */
	CT_TAKE_IOV,       /* the bytes of an iovec vector, count in argument `of` */
	CT_TAKE_MSG,       /* the bytes of a struct msghdr's vector, at entry */
	CT_TAKE_MSG_OUT,   /* the same at exit: the returned length */
	CT_TAKE_FILLED,    /* bytes at exit: the returned length, at most argument `of` */
	CT_TAKE_BPF,       /* union bpf_attr like SIZED, and the instructions of a device
			    * program
			    */
	CT_TAKE_FPROG, /* struct sock_fprog: u16 length, padded to 8, and the instructions
			*/
};

/* Is it there only when the call has returned? A constant, for tables. */
#define CT_TAKE_IS_OUT(take)                                         \
	((take) == CT_TAKE_MEM_OUT || (take) == CT_TAKE_SIZED_OUT || \
	 (take) == CT_TAKE_MSG_OUT || (take) == CT_TAKE_FILLED)

struct ct_plan_arg {
	uint8_t take; /* enum ct_take */
	int8_t of;    /* argument number, -1: none */
	uint16_t size;
};

/* When a call stops in a task that runs on the seccomp filter. */
enum ct_when {
	CT_WHEN_FULL, /* never: seen only in a task that is traced in full */
	CT_WHEN_ALWAYS,
	CT_WHEN_WRITE_OPEN, /* open/openat: write-only, or read-write without O_CREAT */
	CT_WHEN_NEW_TASK,   /* clone: CLONE_NEW*, CLONE_UNTRACED, CLONE_PTRACE */
	CT_WHEN_STDERR,     /* write/writev: descriptor 2 */
	CT_WHEN_PRCTL,      /* prctl: the operations that privileges are made of */
	CT_WHEN_SETS_LIMIT, /* prlimit64: a new limit is given */
	CT_WHEN_SECCOMP,    /* seccomp: sets a mode (not the questions about it) */
	CT_WHEN_SOCKET,     /* socket: AF_NETLINK, and packets as they are on the wire */
	CT_WHEN_NETWORK,    /* ioctl: what networks are made with, ioctl.def */
	CT_WHEN_NO_FLAGS,   /* sendmsg: stops without flags; kept on netlink sockets */
	CT_WHEN_REQUEST,    /* sendto: what may be a request; kept on netlink sockets */
	CT_WHEN_INTERNET,   /* bind: to an address as long as one of the Internet */
	CT_WHEN_TRACES,     /* ptrace: begins to trace, or asks for it */
	CT_WHEN_SIGNALS,    /* kill and its sisters: not signal 0, which only asks */
	CT_WHEN_CLONE_ARGS, /* clone3: stops always; kept if the struct's flags matter */
	CT_WHEN_OPEN_HOW,   /* openat2: stops always; kept if the struct's flags write */
	CT_WHEN_GIVES_UP,   /* exit_group: with the status of a dynamic loader */
	CT_WHEN_KINDS,
};

enum {
	CT_PLAN_NS = 1 << 0,     /* read the namespace links after success */
	CT_PLAN_STATUS = 1 << 1, /* read /proc/TID/status after success */
	CT_PLAN_CGROUP = 1 << 2, /* read /proc/TID/cgroup after success */
	CT_PLAN_ROOT = 1 << 3,   /* changes "/" on success: pivot_root, chroot */
	CT_PLAN_FILTER = 1 << 4, /* installs a seccomp filter on success; prctl only if
				    its option is PR_SET_SECCOMP */
	CT_PLAN_EXEC = 1 << 5,   /* execve, execveat */
	CT_PLAN_CLONE = 1 << 6,  /* clone flags in argument 0 */
	CT_PLAN_CLONE3 = 1 << 7, /* clone flags in the struct at argument 0 */
	CT_PLAN_OPEN = 1 << 8, /* returns a descriptor of the file at its path argument */
	CT_PLAN_WRITE = 1 << 9,    /* writes to the descriptor in argument 0 */
	CT_PLAN_CLOSE = 1 << 10,   /* closes the descriptor in argument 0 */
	CT_PLAN_NO_EXIT = 1 << 11, /* never returns: exit, exit_group, rt_sigreturn */
	CT_PLAN_QUIET = 1 << 12, /* its failures say nothing (futex, epoll_wait, TCGETS):
				    in a task traced in full they are not kept */
	CT_PLAN_KEEP = 1 << 13,  /* kept in a task traced in full even if CT_WHEN_FULL */
	CT_PLAN_LOOK =
		1 << 14,       /* asks what a file is: the last one is kept that a process
				  traced in full did before it told somebody something */
	CT_PLAN_DUP = 1 << 15, /* may return a copy of the descriptor in argument 0 */
	CT_PLAN_SOCKET = 1 << 16,   /* returns a descriptor of a socket */
	CT_PLAN_CHANGES = 1 << 18,  /* changes the files at its path arguments; of
				       open(2)'s kind only if it opens to write */
	CT_PLAN_MOUNTS = 1 << 19,   /* puts something to another place on success */
	CT_PLAN_MOUNT_FD = 1 << 20, /* returns a descriptor of a mount */
	CT_PLAN_PEER = 1 << 21,     /* connects the socket in argument 0 to somebody */
	CT_PLAN_TALK = 1 << 17, /* sends or receives on the socket in argument 0: kept if
				   that is a netlink socket */
	CT_PLAN_ANY_FILE = 1 << 22, /* … or reads another file, which most of them are */
};

struct ct_plan {
	const char *name; /* "mount"; NULL: the number is unknown */
	uint8_t n_args;
	uint8_t when; /* enum ct_when */
	uint32_t flags;
	struct ct_plan_arg arg[6];
};

/*
 * Is its result all that its exit has to tell? Then an exit stop can be saved, if
 * somebody else tells the result. Only for calls that always stop at their entry.
 */
bool ct_plan_ends_plainly(const struct ct_plan *plan);

/* Pieces of a task's memory, or names of files, that can be copied so. */
#define CT_PLAN_PIECES 4

/*
 * Can all that is wanted of it be copied at its end, by somebody who does not stop the
 * task, but knows the names of its files? Then nothing of the task's state is read, and
 * nothing of what the tracer does depends on it.
 */
bool ct_plan_needs_no_stop(const struct ct_plan *plan);

/*
 * May the second eye alone look whether it is worth a stop? That is so of what is sent,
 * if it knows sockets; of 64-bit code.
 */
bool ct_plan_is_overheard(const struct ct_plan *plan);

/* Can all that is to be copied of it be copied in the same way, if it fails? */
bool ct_plan_fits_report(const struct ct_plan *plan);

/*
 * The plan of a call; never NULL (an unknown number has a plan that takes the registers).
 * Constant time. i386 numbers are mapped by name to the same rows.
 */
const struct ct_plan *ct_plan_find(enum ct_arch arch, int64_t nr);
/* Calls fn for every row that is not CT_WHEN_FULL, to make the filter. */
void ct_plan_each_key(void (*fn)(const struct ct_plan *plan, int nr, void *ctx),
		      void *ctx);

#endif
