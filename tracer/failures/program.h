/* SPDX-License-Identifier: MIT */
/*
 * The BPF program on the raw tracepoint sys_exit, and the memory that it shares with the
 * tracer. It runs at the end of every system call of the machine; what it is for is
 * written down here, how it does it in program.c and walk.c.
 *
 * It looks at tasks of the map `tasks` only. Of those it reports the calls that failed,
 * key calls that need no stop (ct_plan_needs_no_stop), and writes to files of the kernel;
 * of tasks that build a container also the calls that are worth keeping when they
 * succeed; of tasks inside one those that change files; and the results of calls that
 * ptrace has seen at their entry only. It leaves out calls whose exit stop ptrace is
 * going to report, calls that start again on their own (ERESTART…), and calls whose
 * failure says nothing.
 *
 * A report has no stack and nothing that /proc says. So a builder's failed call is not
 * reported but stopped, if its tracer wants that: the program sends it SIGSTOP, which
 * reaches the tracer before the task does anything else, and which the tracer takes away.
 *
 * The ring cannot grow. When a report has made it more than half full, its task is
 * stopped in the same way, until there is room again: the other half is for the reports
 * of those that have not been stopped yet, one of each. So nothing is lost, however slow
 * the reader.
 */
#ifndef CTTRACE_FAILURES_PROGRAM_H
#define CTTRACE_FAILURES_PROGRAM_H

#include "assembler.h"
#include "kernel_layout.h"
#include "machine.h"
#include "plan.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	CT_WATCHED_BUILDS = 1 << 0, /* report what is worth keeping, too */
	CT_WATCHED_FAILS = 1 << 1,  /* report what fails */
	CT_WATCHED_HALT = 1 << 2,   /* stop it where a call has failed */
	CT_WATCHED_WAIT = 1 << 3,   /* stop it when the ring is more than half full */
	CT_WATCHED_INSIDE = 1 << 4, /* report what changes files, too */
};

/* Why the program has stopped a task the last time. */
enum ct_stopped {
	CT_STOPPED_NEVER,
	CT_STOPPED_TO_TELL, /* a call that has no report */
	CT_STOPPED_TO_WAIT, /* for room in the ring */
};

/* Value of the map `tasks`, by tid in the initial pid namespace. */
struct ct_watched {
	uint32_t serial;
	uint32_t flags;   /* CT_WATCHED_… */
	uint32_t stopped; /* enum ct_stopped; written by the program, and ... */
	uint32_t unused;
	uint64_t arg0;  /* ... the first argument of the call at whose end that was */
	uint64_t reads; /* the program's own: of files, up to the last call's end */
};

#define CT_PIECES      CT_PLAN_PIECES /* of a task's memory in one report */
#define CT_STR_MAX     1024           /* of a string, its NUL included */
#define CT_BYTES_MAX   4096           /* of other bytes, one more than are copied */
#define CT_IOVECS      12  /* of a message: a dynamic loader's error has ten pieces */
#define CT_LONG_IOVECS 3   /* the first ones; of the others ... */
#define CT_SHORT_MAX   512 /* ... so much, one more than is copied */

enum ct_piece_kind {
	CT_PIECE_NONE,
	CT_PIECE_STR,   /* up to its NUL */
	CT_PIECE_BYTES, /* as many as register `len` says, at most `max` */
	CT_PIECE_MSG,   /* what the vector of a struct msghdr holds, of `max` bytes each;
			   only the first piece, and never more than the call returned */
	CT_PIECE_IOV,   /* likewise of a vector with register `len` as its length */
	CT_PIECE_WALK,  /* none, but the name of a file */
};

/* Whose name is wanted: names from the file up to the root, each ended by a NUL. */
enum ct_walk {
	CT_WALK_NONE,
	CT_WALK_FD,     /* of the descriptor in `reg`, and what kind of file it is */
	CT_WALK_RESULT, /* likewise of the descriptor that was returned */
	CT_WALK_DIR,    /* where the relative path in this piece begins: the descriptor
			   in `dir`, or the working directory if `dir` is CT_REG_NONE */
	CT_WALK_PATH, /* likewise, or the descriptor's that it begins with as a magic link
		       */
};

/* A piece to copy: what register `reg` points to. */
struct ct_piece {
	uint8_t kind;
	uint8_t reg, len; /* words of pt_regs (machine.h); len CT_REG_NONE: `max` bytes */
	uint8_t arg;      /* number of the argument; for the tracer */
	uint16_t max;
	uint8_t walk; /* enum ct_walk */
	uint8_t dir;
};

enum {
	CT_WATCH_QUIET = 1 << 0,  /* its failures say nothing */
	CT_WATCH_KEEP = 1 << 1,   /* reported of a task that builds, if it succeeds */
	CT_WATCH_ANSWER = 1 << 2, /* its success is reported, without pieces */
	CT_WATCH_WORDS = 1 << 3,  /* a write: kept if it tells somebody something */
	CT_WATCH_KEY = 1 << 4,    /* reported if its condition holds, however it ends */
	CT_WATCH_FILE = 1 << 5,   /* reported if its file is one of the kernel's */
	CT_WATCH_CHANGES =
		1 << 6,           /* reported of a task inside a container, if it succeeds
				     and register `reg` has one of the bits `changes` */
	CT_WATCH_SENDS = 1 << 7,  /* stopped if it is a message of netlink ... */
	CT_WATCH_PASSES = 1 << 8, /* ... or one that may pass descriptors on, and does */
	CT_WATCH_EXEC = 1 << 10,  /* reported if there is no such file, else stopped */
	CT_WATCH_HEARS = 1 << 9,  /* reported if it is one of links and addresses */
};

/*
 * Value of the array `plans`: what to do with a call. By number; calls of
 * 32-bit code come CT_WATCH_NUMBERS later; the last one is for all higher numbers.
 */
#define CT_WATCH_NUMBERS 512
#define CT_WATCH_OTHER   (2 * CT_WATCH_NUMBERS)
#define CT_WATCH_PLANS   (CT_WATCH_OTHER + 1)

struct ct_watch_plan {
	uint32_t flags; /* CT_WATCH_… */
	/* the condition: bit number (register & mask) is set; no register: it holds */
	uint32_t mask;
	uint64_t bits[2];
	struct ct_piece piece[CT_PIECES];
	uint32_t reg;
	uint32_t changes; /* 0: whatever the register says */
	uint64_t told[2]; /* bit number errno: a report tells all that a stop would */
};

#define CT_ANSWER_MAX 64 /* an error, and the beginning of what it is about */

/* A report, as it comes out of the ring. The bytes of its pieces follow end to end, then
 * the walks, each ended by a name of no length. */
struct ct_report {
	int64_t t_ns; /* CLOCK_MONOTONIC at the call's end */
	int64_t ret;
	int32_t tid;
	uint32_t serial;
	uint64_t regs[CT_REGS]; /* struct pt_regs */
	uint32_t compat;        /* not 0: a call of 32-bit code */
	int32_t got[CT_PIECES]; /* bytes (a string's NUL counted), 0 none, or -errno; from
				   CT_STR_MAX on: more than that, of a string without an
				   end */
	uint32_t watched;       /* CT_WATCHED_… */
	uint32_t walks;         /* bit i: piece i has one */
	int32_t protocol; /* of a netlink socket that was sent to or heard; or ... */
#define CT_NO_PROTOCOL (-1)
	uint32_t network; /* the inode of that socket's namespace */
	uint32_t refused; /* not 0: what was sent only asked, and was answered so: */
	char answer[CT_ANSWER_MAX];
	uint32_t trapped; /* not 0: a filter's SIGSYS is on its way, the call was not
			     made, and `ret` is its number */
	struct {
		uint64_t magic, ino; /* 0: not known */
		uint32_t mode, flags;
	} file; /* of a CT_WALK_FD or CT_WALK_RESULT */
};

/* Names are copied while they begin before this. */
#define CT_WALK_END                                                                   \
	(sizeof(struct ct_report) + (CT_PIECES - 1 + CT_LONG_IOVECS) * CT_BYTES_MAX + \
	 (CT_IOVECS - CT_LONG_IOVECS) * CT_SHORT_MAX + 1024)
#define CT_NAME_MAX   256 /* its NUL included */
#define CT_REPORT_MAX (CT_WALK_END + 2 * CT_NAME_MAX)

/*
 * Where the kernel keeps what the program must know of a task, within struct thread_info
 * at the beginning of struct task_struct. Not part of any ABI: ct_failures_open() tries
 * which row of thread_layouts.def is right.
 */
struct ct_thread_layout {
	short work;         /* offset of the word with the two bits */
	int traced_bit;     /* an exit stop follows: the task was resumed by
			       PTRACE_SYSCALL */
	int tracepoint_bit; /* set whenever this program runs */
	short status; /* offset of the word that says that a call is of 32-bit code */
	int compat_bit;
};

struct ct_program_maps {
	int tasks, plans, scratch, ring, lost;
	int32_t ring_half; /* bytes */
};

/* `files` NULL: there are no walks. loops: the kernel has bpf_loop(); walks need it. */
void ct_program_assemble(struct ct_asm *a, const struct ct_program_maps *maps,
			 const struct ct_thread_layout *thread,
			 const struct ct_kernel_layout *files, bool loops);

#endif
