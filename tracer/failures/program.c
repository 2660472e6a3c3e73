/* SPDX-License-Identifier: MIT */
/* The program, section by section. Registers 6 to 9 and the stack survive calls. */
#include "frame.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>

#define ERESTART_FIRST 512
#define ERESTART_LAST  516
#define ERRNO_MAX      4095
#define TS_COMPAT      2
#define PAGE_BYTES     4096
#define REG_MASK       31 /* any word number, within the report whatever it is */
#define FP             CT_FP

/* Labels of each piece. */
enum {
	PIECE_BYTES,
	PIECE_CAPPED,
	PIECE_CWD,
	PIECE_DIR,
	PIECE_ASK,
	PIECE_TORN,
	PIECE_MOVE,
	PIECE_NEXT,
	PIECE_RESULT,
	PIECE_REQUEST,
	PIECE_DONE,
	PIECE_LABELS,
	LABEL_MSG = CT_LABEL_PIECE + CT_PIECES * PIECE_LABELS,
	LABEL_VECTOR,
	LABEL_FEW,
	LABEL_IOVEC, /* two for each: */
	IOVEC_SHORT = 0,
	IOVEC_CAPPED,
	IOVEC_LABELS,
};

/* r0 = the value of the key on the stack */
static void look_up(struct ct_asm *a, int map)
{
	CT_ASM(a, MAP(1, map), MOV(2, FP), ADDI(2, CT_AT_KEY), CALL(map_lookup_elem));
}

/* r6 = context: { struct pt_regs *regs, long ret }; r7 = ret */
static void find_task(struct ct_asm *a, int tasks)
{
	CT_ASM(a, MOV(6, 1), CALL(get_current_pid_tgid), STORE32(FP, CT_AT_KEY, 0),
	       STORE32(FP, CT_AT_TID, 0));
	look_up(a, tasks);
	ct_asm_jump(a, IF_EQ(0, 0), CT_LABEL_OUT);
	CT_ASM(a, LOAD32(1, 0, offsetof(struct ct_watched, serial)),
	       STORE32(FP, CT_AT_SERIAL, 1),
	       LOAD32(1, 0, offsetof(struct ct_watched, flags)),
	       STORE32(FP, CT_AT_WATCHED, 1), LOAD64(7, 6, 8));
	/* it starts again on its own: that was no end */
	ct_asm_jump(a, IF_SGE(7, -ERESTART_FIRST + 1), CT_LABEL_ENDED);
	ct_asm_jump(a, IF_SGE(7, -ERESTART_LAST), CT_LABEL_OUT);
	ct_asm_label(a, CT_LABEL_ENDED);
}

/* r8 = TS_COMPAT or 0. Leaves out what ptrace will see. */
static void check_thread(struct ct_asm *a, const struct ct_thread_layout *layout)
{
	CT_ASM(a, CALL(get_current_task), MOV(3, 0), MOV(1, FP), ADDI(1, CT_AT_INFO),
	       MOVI(2, CT_THREAD_INFO_LEN), CALL(probe_read_kernel),
	       LOAD64(1, FP, CT_AT_INFO + layout->work));
	ct_asm_jump(a, IF_BITS(1, 1 << layout->traced_bit), CT_LABEL_OUT);
	/* a tracepoint without this bit cannot be: the layout is not this kernel's */
	CT_ASM(a, ANDI(1, 1 << layout->tracepoint_bit));
	ct_asm_jump(a, IF_EQ(1, 0), CT_LABEL_OUT);
	CT_ASM(a, LOAD32(8, FP, CT_AT_INFO + layout->status), ANDI(8, TS_COMPAT));
}

/* r9 = the plan of the call */
static void find_plan(struct ct_asm *a, int plans)
{
	CT_ASM(a, MOV(1, FP), ADDI(1, CT_AT_NR), MOVI(2, 8), LOAD64(3, 6, 0),
	       ADDI(3, CT_REG_NR * 8), CALL(probe_read_kernel), LOAD64(1, FP, CT_AT_NR));
	/* rt_sigreturn has put back what a signal interrupted: no call of its own */
	ct_asm_jump(a, IF_EQ(1, -1), CT_LABEL_OUT);
	ct_asm_jump(a, IF_GT(1, CT_WATCH_NUMBERS - 1), CT_LABEL_OTHER);
	ct_asm_jump(a, IF_EQ(8, 0), CT_LABEL_FIND_PLAN);
	CT_ASM(a, ADDI(1, CT_WATCH_NUMBERS));
	ct_asm_jump(a, ALWAYS, CT_LABEL_FIND_PLAN);
	ct_asm_label(a, CT_LABEL_OTHER);
	CT_ASM(a, MOVI(1, CT_WATCH_OTHER));
	ct_asm_label(a, CT_LABEL_FIND_PLAN);
	CT_ASM(a, STORE32(FP, CT_AT_KEY, 1));
	look_up(a, plans);
	ct_asm_jump(a, IF_EQ(0, 0), CT_LABEL_OUT);
	CT_ASM(a, MOV(9, 0));
}

/* Does the condition of a key call hold? r1 = the plan's flags, before and after */
static void check_condition(struct ct_asm *a)
{
	ct_asm_label(a, CT_LABEL_CONDITION);
	CT_ASM(a, LOAD32(2, 9, offsetof(struct ct_watch_plan, reg)));
	ct_asm_jump(a, IF_EQ(2, CT_REG_NONE), CT_LABEL_WANTED);
	CT_ASM(a, ANDI(2, REG_MASK), SHLI(2, 3), LOAD64(3, 6, 0), ADD(3, 2), MOV(1, FP),
	       ADDI(1, CT_AT_VALUE), MOVI(2, 8), CALL(probe_read_kernel),
	       LOAD64(2, FP, CT_AT_VALUE),
	       LOAD32(3, 9, offsetof(struct ct_watch_plan, mask)), AND32(2, 3),
	       LOAD32(1, 9, offsetof(struct ct_watch_plan, flags)));
	ct_asm_jump(a, IF_GT(2, 127), CT_LABEL_NO_KEY);
	CT_ASM(a, MOV(3, 2), SHRI(3, 6), SHLI(3, 3), ADD(3, 9),
	       LOAD64(4, 3, offsetof(struct ct_watch_plan, bits)), ANDI(2, 63),
	       SHR(4, 2));
	ct_asm_jump(a, IF_BITS(4, 1), CT_LABEL_WANTED);
}

/* What is worth a report though it is none of the key calls. r1 = the plan's flags */
static void check_success(struct ct_asm *a)
{
	ct_asm_label(a, CT_LABEL_NO_KEY);
	CT_ASM(a, LOAD32(2, FP, CT_AT_WATCHED), ANDI(2, CT_WATCHED_BUILDS), MOV(3, 1),
	       ANDI(3, CT_WATCH_FILE));
	ct_asm_jump(a, IF_EQ(3, 0), CT_LABEL_NO_FILE);
	ct_asm_jump(a, IF_NE(2, 0), CT_LABEL_WANTED);
	CT_ASM(a, STORE64I(FP, CT_AT_FILE_ONLY, 1));
	ct_asm_jump(a, ALWAYS, CT_LABEL_WANTED);
	ct_asm_label(a, CT_LABEL_NO_FILE);
	ct_asm_jump(a, IF_EQ(2, 0), CT_LABEL_OUT);
	CT_ASM(a, ANDI(1, CT_WATCH_KEEP));
	ct_asm_jump(a, IF_EQ(1, 0), CT_LABEL_OUT);
}

static void check_plan(struct ct_asm *a, const struct ct_program_maps *maps)
{
	CT_ASM(a, LOAD32(1, 9, offsetof(struct ct_watch_plan, flags)),
	       STORE64I(FP, CT_AT_FILE_ONLY, 0));
	ct_asm_jump(a, IF_SGE(7, 0), CT_LABEL_SUCCEEDED);
	ct_asm_jump(a, IF_SLT(7, -ERRNO_MAX), CT_LABEL_SUCCEEDED);
	ct_asm_jump(a, IF_BITS(1, CT_WATCH_QUIET), CT_LABEL_OUT);
	CT_ASM(a, LOAD32(2, FP, CT_AT_WATCHED), ANDI(2, CT_WATCHED_FAILS));
	ct_asm_jump(a, IF_EQ(2, 0), CT_LABEL_SUCCEEDED);
	ct_send_halt(a, maps);
	ct_asm_label(a, CT_LABEL_SUCCEEDED);
	ct_asm_jump(a, IF_BITS(1, CT_WATCH_ANSWER), CT_LABEL_WANTED);
	ct_asm_jump(a, IF_BITS(1, CT_WATCH_KEY), CT_LABEL_CONDITION);
	ct_asm_jump(a, ALWAYS, CT_LABEL_NO_KEY);
	check_condition(a);
	check_success(a);
	ct_asm_label(a, CT_LABEL_WANTED);
}

/*
 * A filter's TRAP leaves the call's number where its result would be, and SIGSYS pending
 * (seccomp(2)). r7: the result
 */
static void check_trap(struct ct_asm *a, const struct ct_kernel_layout *layout)
{
	uint32_t at = layout->task_pending + layout->sigpending_signal;

	CT_ASM(a, LOAD64(1, FP, CT_AT_NR));
	ct_asm_jump(a, IF_DIFFER(1, 7), CT_LABEL_MADE);
	CT_ASM(a, CALL(get_current_task), MOV(3, 0), ADDI(3, (int)at), MOV(1, FP),
	       ADDI(1, CT_AT_VALUE), MOVI(2, 8), CALL(probe_read_kernel),
	       LOAD64(1, FP, CT_AT_VALUE), SHRI(1, SIGSYS - 1), ANDI(1, 1),
	       STORE32(8, CT_FIELD(trapped), 1));
	ct_asm_label(a, CT_LABEL_MADE);
}

/* r8 = the report, with everything but the pieces; r7: where those begin */
static void fill_report(struct ct_asm *a, int scratch,
			const struct ct_kernel_layout *files)
{
	CT_ASM(a, STORE32I(FP, CT_AT_KEY, 0));
	look_up(a, scratch);
	ct_asm_jump(a, IF_EQ(0, 0), CT_LABEL_OUT);
	CT_ASM(a, STORE32(0, CT_FIELD(compat), 8), MOV(8, 0),
	       STORE64(8, CT_FIELD(ret), 7), LOAD32(1, FP, CT_AT_TID),
	       STORE32(8, CT_FIELD(tid), 1), LOAD32(1, FP, CT_AT_SERIAL),
	       STORE32(8, CT_FIELD(serial), 1), MOV(1, 8), ADDI(1, CT_FIELD(regs)),
	       MOVI(2, CT_REGS * 8), LOAD64(3, 6, 0), CALL(probe_read_kernel),
	       CALL(ktime_get_ns), STORE64(8, CT_FIELD(t_ns), 0),
	       STORE32I(8, CT_FIELD(trapped), 0));
	if (files)
		check_trap(a, files);
	CT_ASM(a, MOVI(7, sizeof(struct ct_report)));
	for (int i = 0; i < CT_PIECES; i++)
		CT_ASM(a, STORE32I(8, CT_FIELD(got) + i * 4, 0),
		       STORE64I(8, (short)(CT_WALKED(request) + i * 8), CT_REQUEST_NONE));
	CT_ASM(a,
	       STORE64I(8, (short)(CT_WALKED(request) + CT_PIECES * 8), CT_REQUEST_END),
	       STORE32I(8, CT_FIELD(walks), 0), STORE64I(8, CT_FIELD(file.magic), 0),
	       STORE64I(8, CT_FIELD(file.ino), 0), STORE32I(8, CT_FIELD(file.mode), 0),
	       STORE32I(8, CT_FIELD(file.flags), 0), LOAD32(1, FP, CT_AT_WATCHED),
	       STORE32(8, CT_FIELD(watched), 1));
	/* of a call that succeeded, the entry has told the rest */
	CT_ASM(a, LOAD64(1, 8, CT_FIELD(ret)),
	       LOAD32(2, 9, offsetof(struct ct_watch_plan, flags)));
	ct_asm_jump(a, IF_SLT(1, 0), CT_LABEL_COPY);
	ct_asm_jump(a, IF_BITS(2, CT_WATCH_ANSWER), CT_LABEL_SEND);
	ct_asm_label(a, CT_LABEL_COPY);
}

/* d = the word of the registers whose number is in register n; n is lost */
#define REGISTER(d, n) \
	ANDI(n, REG_MASK), SHLI(n, 3), ADD(n, 8), LOAD64(d, n, CT_FIELD(regs))

/* r2 = how many bytes to copy */
static void measure_bytes(struct ct_asm *a, short piece, unsigned int labels)
{
	CT_ASM(a, LOAD16(2, 9, piece + (short)offsetof(struct ct_piece, max)),
	       LOAD8(1, 9, piece + (short)offsetof(struct ct_piece, len)));
	ct_asm_jump(a, IF_EQ(1, CT_REG_NONE), labels + PIECE_CAPPED);
	CT_ASM(a, REGISTER(4, 1));
	ct_asm_jump(a, IF_GE(4, 2), labels + PIECE_CAPPED);
	CT_ASM(a, MOV(2, 4));
	ct_asm_label(a, labels + PIECE_CAPPED);
}

/* The vector of the message, or the one, that r3 points to; r6: which of them it is.
 * What it does not have is zero. */
static void read_vector(struct ct_asm *a, short piece, short got, unsigned int next)
{
	for (short at = 0; at < CT_VECTOR_LEN; at += 8)
		CT_ASM(a, STORE64I(FP, CT_AT_VECTOR + at, 0));
	CT_ASM(a, LOAD64(1, 8, CT_FIELD(ret)), STORE64(FP, CT_AT_LEFT, 1),
	       LOAD8(1, 9, piece + (short)offsetof(struct ct_piece, len)),
	       REGISTER(2, 1));
	ct_asm_jump(a, IF_EQ(6, CT_PIECE_IOV), LABEL_VECTOR);
	CT_ASM(a, ADDI(3, offsetof(struct msghdr, msg_iov)), MOV(1, FP),
	       ADDI(1, CT_AT_VECTOR), MOVI(2, 16), CALL(probe_read_user),
	       STORE32(8, got, 0));
	ct_asm_jump(a, IF_NE(0, 0), next);
	CT_ASM(a, LOAD64(3, FP, CT_AT_VECTOR), LOAD64(2, FP, CT_AT_VECTOR + 8),
	       STORE64I(FP, CT_AT_VECTOR, 0), STORE64I(FP, CT_AT_VECTOR + 8, 0));
	ct_asm_label(a, LABEL_VECTOR);
	ct_asm_jump(a, IF_LE_IMM(2, CT_IOVECS), LABEL_FEW);
	CT_ASM(a, MOVI(2, CT_IOVECS));
	ct_asm_label(a, LABEL_FEW);
	CT_ASM(a, SHLI(2, 4), ANDI(2, CT_VECTOR_LEN - 1), MOV(1, FP),
	       ADDI(1, CT_AT_VECTOR), CALL(probe_read_user), STORE32(8, got, 0));
	ct_asm_jump(a, IF_NE(0, 0), next);
}

/* What up to CT_IOVECS buffers hold, end to end; `got` is their sum. */
static void copy_message(struct ct_asm *a, short piece, short got, unsigned int next)
{
	read_vector(a, piece, got, next);
	for (int i = 0; i < CT_IOVECS; i++) {
		unsigned int labels = LABEL_IOVEC + (unsigned int)i * IOVEC_LABELS;
		short iovec = (short)(CT_AT_VECTOR + i * 16);
		int max = (i < CT_LONG_IOVECS ? CT_BYTES_MAX : CT_SHORT_MAX) - 1;

		CT_ASM(a, LOAD64(3, FP, iovec), LOAD64(4, FP, iovec + 8),
		       LOAD64(2, FP, CT_AT_LEFT));
		ct_asm_jump(a, IF_GE(4, 2), labels + IOVEC_SHORT);
		CT_ASM(a, MOV(2, 4));
		ct_asm_label(a, labels + IOVEC_SHORT);
		ct_asm_jump(a, IF_LE_IMM(2, max), labels + IOVEC_CAPPED);
		CT_ASM(a, MOVI(2, max));
		ct_asm_label(a, labels + IOVEC_CAPPED);
		CT_ASM(a, ANDI(2, max), MOV(6, 2), MOV(1, 8), ADD(1, 7),
		       CALL(probe_read_user));
		ct_asm_jump(a, IF_NE(0, 0), next);
		CT_ASM(a, ADD(7, 6), LOAD32(1, 8, got), ADD(1, 6), STORE32(8, got, 1),
		       LOAD64(1, FP, CT_AT_LEFT), SUB(1, 6), STORE64(FP, CT_AT_LEFT, 1));
		/* no hole: behind what was too long comes nothing */
		ct_asm_jump(a, IF_EQ(6, max), next);
	}
}

/*
 * The relative path in a piece begins at a directory: asks for its name. An absolute one
 * may be a magic link; what is behind a short string is what was there before, and is
 * looked at with its NUL in mind by who reads the report.
 */
static void request_dir(struct ct_asm *a, int i, short piece, unsigned int labels)
{
	CT_ASM(a, MOV(1, 8), ADD(1, 7), LOAD8(2, 1, 0),
	       LOAD8(5, 9, piece + (short)offsetof(struct ct_piece, walk)));
	ct_asm_jump(a, IF_LT(5, CT_WALK_DIR), labels + PIECE_MOVE);
	ct_asm_jump(a, IF_NE(2, '/'), labels + PIECE_DIR);
	ct_asm_jump(a, IF_NE(5, CT_WALK_PATH), labels + PIECE_MOVE);
	CT_ASM(a, LOAD32(2, 1, 0), LOAD32(3, 1, 2));
	ct_asm_jump(a, IF_NE(2, CT_WALK_WORD('/', 'p', 'r', 'o')), labels + PIECE_MOVE);
	ct_asm_jump(a, IF_NE(3, CT_WALK_WORD('r', 'o', 'c', '/')), labels + PIECE_MOVE);
	CT_ASM(a, MOV(4, 7), ADDI(4, sizeof("/proc/") - 1), MOVI(1, 1),
	       SHLI(1, CT_REQUEST_MAGIC_BIT), ADD(4, 1));
	ct_asm_jump(a, ALWAYS, labels + PIECE_ASK);
	ct_asm_label(a, labels + PIECE_DIR);
	CT_ASM(a, LOAD8(1, 9, piece + (short)offsetof(struct ct_piece, dir)),
	       MOVI(4, AT_FDCWD));
	ct_asm_jump(a, IF_EQ(1, CT_REG_NONE), labels + PIECE_CWD);
	CT_ASM(a, REGISTER(4, 1));
	ct_asm_label(a, labels + PIECE_CWD);
	CT_ASM(a, MOV32(4, 4));
	ct_asm_label(a, labels + PIECE_ASK);
	CT_ASM(a, STORE64(8, (short)(CT_WALKED(request) + i * 8), 4),
	       LOAD32(1, 8, CT_FIELD(walks)), ORI(1, 1 << i),
	       STORE32(8, CT_FIELD(walks), 1));
	ct_asm_label(a, labels + PIECE_MOVE);
}

/* A piece that is about a descriptor: asks for the name and the kind of its file. */
static void request_file(struct ct_asm *a, int i, short piece, unsigned int labels)
{
	CT_ASM(a, LOAD8(1, 9, piece + (short)offsetof(struct ct_piece, walk)));
	ct_asm_jump(a, IF_EQ(1, CT_WALK_RESULT), labels + PIECE_RESULT);
	ct_asm_jump(a, IF_NE(1, CT_WALK_FD), labels + PIECE_DONE);
	CT_ASM(a, LOAD8(1, 9, piece + (short)offsetof(struct ct_piece, reg)),
	       REGISTER(2, 1));
	ct_asm_jump(a, ALWAYS, labels + PIECE_REQUEST);
	ct_asm_label(a, labels + PIECE_RESULT);
	CT_ASM(a, LOAD64(2, 8, CT_FIELD(ret)));
	ct_asm_jump(a, IF_SLT(2, 0), labels + PIECE_DONE);
	ct_asm_label(a, labels + PIECE_REQUEST);
	CT_ASM(a, MOV32(2, 2), MOVI(1, 1), SHLI(1, CT_REQUEST_KIND_BIT), ADD(2, 1),
	       STORE64(8, (short)(CT_WALKED(request) + i * 8), 2),
	       LOAD32(1, 8, CT_FIELD(walks)), ORI(1, 1 << i),
	       STORE32(8, CT_FIELD(walks), 1));
	ct_asm_label(a, labels + PIECE_DONE);
}

/* A string that reaches into a page that is not there: as far as its own page goes. */
static void copy_torn(struct ct_asm *a, short piece, short got, unsigned int done)
{
	CT_ASM(a, LOAD8(2, 9, piece + (short)offsetof(struct ct_piece, reg)),
	       REGISTER(3, 2), MOV(4, 3), ANDI(4, PAGE_BYTES - 1), MOVI(2, PAGE_BYTES),
	       SUB(2, 4));
	ct_asm_jump(a, IF_GT(2, CT_STR_MAX - 1), done);
	CT_ASM(a, MOV(6, 2), MOV(1, 8), ADD(1, 7), CALL(probe_read_user));
	ct_asm_jump(a, IF_NE(0, 0), done);
	CT_ASM(a, ADD(7, 6), ADDI(6, CT_STR_MAX), STORE32(8, got, 6));
}

/* r7: where in the report the bytes go; it is moved on. r6: lost. */
static void copy_piece(struct ct_asm *a, int i)
{
	unsigned int labels = CT_LABEL_PIECE + (unsigned int)i * PIECE_LABELS;
	short piece = (short)(offsetof(struct ct_watch_plan, piece) +
			      (size_t)i * sizeof(struct ct_piece));
	short got = (short)(CT_FIELD(got) + i * 4);

	CT_ASM(a, LOAD8(6, 9, piece));
	ct_asm_jump(a, IF_EQ(6, CT_PIECE_NONE), labels + PIECE_DONE);
	ct_asm_jump(a, IF_EQ(6, CT_PIECE_WALK), labels + PIECE_NEXT);
	CT_ASM(a, LOAD8(2, 9, piece + (short)offsetof(struct ct_piece, reg)),
	       REGISTER(3, 2));
	if (i == 0) {
		ct_asm_jump(a, IF_EQ(6, CT_PIECE_MSG), LABEL_MSG);
		ct_asm_jump(a, IF_EQ(6, CT_PIECE_IOV), LABEL_MSG);
	}
	ct_asm_jump(a, IF_NE(6, CT_PIECE_STR), labels + PIECE_BYTES);
	CT_ASM(a, MOV(1, 8), ADD(1, 7), MOVI(2, CT_STR_MAX), CALL(probe_read_user_str),
	       STORE32(8, got, 0));
	ct_asm_jump(a, IF_SLE(0, 0), labels + PIECE_TORN);
	request_dir(a, i, piece, labels);
	/* without its NUL; the mask tells the verifier what it cannot know */
	CT_ASM(a, ADDI(0, -1), ANDI(0, CT_STR_MAX - 1), ADD(7, 0));
	ct_asm_jump(a, ALWAYS, labels + PIECE_DONE);

	ct_asm_label(a, labels + PIECE_TORN);
	copy_torn(a, piece, got, labels + PIECE_DONE);
	ct_asm_jump(a, ALWAYS, labels + PIECE_DONE);

	ct_asm_label(a, labels + PIECE_BYTES);
	measure_bytes(a, piece, labels);
	CT_ASM(a, ANDI(2, CT_BYTES_MAX - 1), MOV(6, 2), MOV(1, 8), ADD(1, 7),
	       CALL(probe_read_user), STORE32(8, got, 0));
	ct_asm_jump(a, IF_NE(0, 0), labels + PIECE_NEXT);
	CT_ASM(a, STORE32(8, got, 6), ADD(7, 6));
	if (i == 0) {
		ct_asm_jump(a, ALWAYS, labels + PIECE_NEXT);
		ct_asm_label(a, LABEL_MSG);
		copy_message(a, piece, got, labels + PIECE_NEXT);
	}
	ct_asm_label(a, labels + PIECE_NEXT);
	request_file(a, i, piece, labels);
}

void ct_program_assemble(struct ct_asm *a, const struct ct_program_maps *maps,
			 const struct ct_thread_layout *thread,
			 const struct ct_kernel_layout *files)
{
	memset(a, 0, sizeof(*a));
	find_task(a, maps->tasks);
	check_thread(a, thread);
	find_plan(a, maps->plans);
	check_plan(a, maps);
	fill_report(a, maps->scratch, files);
	for (int i = 0; i < CT_PIECES; i++)
		copy_piece(a, i);
	if (files)
		ct_walk_call(a);
	ct_send_report(a, maps);
	ct_asm_label(a, CT_LABEL_OUT);
	CT_ASM(a, MOVI(0, 0), EXIT);
	if (files)
		ct_walk_round(a, files);
	ct_asm_link(a);
}
