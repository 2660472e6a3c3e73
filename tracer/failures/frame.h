/* SPDX-License-Identifier: MIT */
/* What the sections of the program share: its stack, its labels, its registers. */
#ifndef CTTRACE_FAILURES_FRAME_H
#define CTTRACE_FAILURES_FRAME_H

#include "program.h"

#include <stdbool.h>

#define CT_THREAD_INFO_LEN 24 /* enough for every row of layouts */

/*
 * Registers 6 to 9 and the stack survive calls. From the plan's being found on: r9 the
 * plan; from the report's being begun on: r8 the report.
 */
#define CT_FP 10 /* frame pointer */

/* Any word's number, within the report whatever it is. */
#define CT_REG_MASK 63

/* Of struct iovec, or of msg_iov and msg_iovlen: a power of two that holds CT_IOVECS. */
#define CT_VECTOR_LEN 256

/* On the stack, below the frame pointer. */
enum {
	CT_AT_KEY = -4, /* of a look-up */
	CT_AT_SERIAL = -8,
	CT_AT_TID = -12,
	CT_AT_WATCHED = -16,
	CT_AT_NR = -24,
	CT_AT_INFO = CT_AT_NR - CT_THREAD_INFO_LEN,
	CT_AT_FILE_ONLY = CT_AT_INFO - 8, /* not 0: reported only of a kernel's file */
	CT_AT_VALUE = CT_AT_FILE_ONLY - 8,
	CT_AT_PLAN = CT_AT_VALUE - 8,
	CT_AT_REPORT = CT_AT_PLAN - 8, /* with the plan: what functions are called with */
	/* of pieces.c, in a function's frame as well: */
	CT_AT_INDEX = CT_AT_REPORT - 8,
	CT_AT_LENGTH = CT_AT_INDEX - 8,
	CT_AT_MOST = CT_AT_LENGTH - 8,
	/* of talk.c: */
	CT_AT_SOCKET = CT_AT_MOST - 8,
	CT_AT_PROTOCOL = CT_AT_SOCKET - 8,  /* of a netlink socket, or CT_NO_PROTOCOL */
	CT_AT_NETWORK = CT_AT_PROTOCOL - 8, /* the inode of its namespace */
	CT_AT_ANSWER = CT_AT_NETWORK - 8,   /* of a question: where the error is, or 0 */
	CT_AT_MESSAGE = CT_AT_ANSWER - 24,
	CT_AT_TASK = CT_AT_MESSAGE - 8, /* the task's struct ct_watched */
	CT_AT_READS = CT_AT_TASK - 8,   /* not 0: a file was read since its last call */
};

/*
 * What the functions work with, behind the report in its memory: the verifier knows no
 * value there, so that one round is like any other to it.
 */
struct ct_walk_state {
	uint64_t mount, name; /* struct path: walked to; name 0: between two walks */
	uint64_t root;        /* of that mount */
	int64_t request[CT_PIECES + 1];
	uint64_t value, fdt, other;
	uint64_t file_only;
	uint64_t start;   /* where in the report the first walk is */
	uint64_t at;      /* where in the report the next bytes go */
	uint64_t drop;    /* it is no kernel's file */
	uint64_t follow;  /* a magic link that only the tracer can follow */
	uint64_t netlink; /* it is a socket of netlink */
	/* of a message: its struct iovec, and how many bytes of it are still to copy */
	uint64_t vector[CT_VECTOR_LEN / 8], left;
};

#define CT_SCRATCH_SIZE (CT_REPORT_MAX + sizeof(struct ct_walk_state))
#define CT_WALKED(member) \
	((short)(CT_REPORT_MAX + offsetof(struct ct_walk_state, member)))

/* A request is a descriptor, with CT_REQUEST_KIND_BIT if its kind is wanted, or: */
#define CT_REQUEST_NONE     (-1)
#define CT_REQUEST_END      (-2)
#define CT_REQUEST_KIND_BIT 32
/* Or, with this bit, where in the report a path goes on behind "/proc/". */
#define CT_REQUEST_MAGIC_BIT 33

#define CT_TALK_LABELS  5
#define CT_WALK_LABELS  13
#define CT_MAGIC_LABELS 4

enum {
	CT_LABEL_OUT,
	CT_LABEL_ENDED,
	CT_LABEL_OTHER,
	CT_LABEL_FIND_PLAN,
	CT_LABEL_HALT,
	CT_LABEL_EXEC,
	CT_LABEL_NO_EXEC,
	CT_LABEL_SUCCEEDED,
	CT_LABEL_CONDITION,
	CT_LABEL_NO_KEY,
	CT_LABEL_NO_CHANGE,
	CT_LABEL_NO_FILE,
	CT_LABEL_WANTED,
	CT_LABEL_MADE,
	CT_LABEL_NOT_REFUSED,
	CT_LABEL_COPY,
	CT_LABEL_SEND,
	CT_LABEL_FULL,
	CT_LABEL_LOST,
	CT_LABEL_ROUND,     /* the function of walk.c */
	CT_LABEL_NOT_FOUND, /* in it: there is no such file */
	CT_LABEL_FOLLOW,    /* in it: the tracer is to follow this link */
	CT_LABEL_TALK,      /* those of talk.c */
	CT_LABEL_WALK = CT_LABEL_TALK + CT_TALK_LABELS,  /* those of walk.c */
	CT_LABEL_MAGIC = CT_LABEL_WALK + CT_WALK_LABELS, /* those of magic_link.c */
	CT_LABEL_PIECE = CT_LABEL_MAGIC + CT_MAGIC_LABELS,
};

#define CT_FIELD(name) ((short)offsetof(struct ct_report, name))

/* send.c: where a call of a builder has failed. r8 = 0, unless it is one of 32-bit code.
 * To CT_LABEL_OUT when the signal is on its way: then the stop tells everything. */
void ct_send_halt(struct ct_asm *a, const struct ct_program_maps *maps);
/* The same, whoever it is and however it has ended. */
void ct_send_stop_here(struct ct_asm *a, const struct ct_program_maps *maps);
/* The call in the report, r8, told by a stop: to CT_LABEL_OUT when it is on its way. */
void ct_send_stop(struct ct_asm *a, const struct ct_program_maps *maps);
/* The report in r8 into the ring. */
void ct_send_report(struct ct_asm *a, const struct ct_program_maps *maps);

/* The beginnings of names, as numbers. */
#define CT_WALK_WORD(a, b, c, d) ((a) | (b) << 8 | (c) << 16 | (d) << 24)

/* In the function: from a request with CT_REQUEST_MAGIC_BIT in `other` to the descriptor
 * that the path means. */
void ct_walk_magic_link(struct ct_asm *a);

/* talk.c: of who sends and receives. r1 = the plan's flags, before and after. To
 * CT_LABEL_OUT with what is told by a stop, or need not be told; to CT_LABEL_WANTED with
 * what is to be reported. */
void ct_talk_check(struct ct_asm *a, const struct ct_program_maps *maps,
		   const struct ct_kernel_layout *layout);

/* What of it belongs into the report, r8. */
void ct_talk_fill(struct ct_asm *a);

/* pieces.c: what the arguments point to, and the requests for walks. loops: the kernel
 * has bpf_loop(), and the functions follow behind the end of the program. */
void ct_pieces_copy(struct ct_asm *a, bool loops);
void ct_pieces_functions(struct ct_asm *a);

/* Walks for all requests. */
void ct_walk_call(struct ct_asm *a, const struct ct_program_maps *maps);
/* The function that this calls, round by round: behind the end of the program. */
void ct_walk_round(struct ct_asm *a, const struct ct_kernel_layout *layout);

#endif
