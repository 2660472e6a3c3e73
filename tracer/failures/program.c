/* SPDX-License-Identifier: MIT */
/* The program, section by section. Registers 6 to 9 and the stack survive calls. */
#include "program.h"

#include <signal.h>
#include <string.h>
#include <sys/socket.h>

#define ERESTART_FIRST  512
#define ERESTART_LAST   516
#define ERRNO_MAX       4095
#define TS_COMPAT       2
#define THREAD_INFO_LEN 24 /* enough for every row of layouts */
#define REG_MASK        31 /* any word number, within the report whatever it is */

/* On the stack, below the frame pointer. */
#define FP     10
#define KEY    (-4) /* of a look-up */
#define SERIAL (-8)
#define TID    (-12)
#define BUILDS (-16)
#define NR     (-24)
#define INFO   (NR - THREAD_INFO_LEN)
#define VECTOR (INFO - 64) /* struct msghdr's msg_iov and msg_iovlen, then the vector */
#define LEFT   (VECTOR - 8)

#define FIELD(name) ((short)offsetof(struct ct_report, name))

enum {
	LABEL_OUT,
	LABEL_ENDED,
	LABEL_OTHER,
	LABEL_FIND_PLAN,
	LABEL_SUCCEEDED,
	LABEL_WANTED,
	LABEL_COPY,
	LABEL_SEND,
	LABEL_PIECE, /* three for each piece: */
	PIECE_BYTES = 0,
	PIECE_CAPPED,
	PIECE_NEXT,
	PIECE_LABELS,
	LABEL_MSG = LABEL_PIECE + CT_PIECES * PIECE_LABELS,
	LABEL_FEW,
	LABEL_IOVEC, /* two for each: */
	IOVEC_SHORT = 0,
	IOVEC_CAPPED,
	IOVEC_LABELS,
};

/* r0 = the value of the key on the stack */
static void look_up(struct ct_asm *a, int map)
{
	CT_ASM(a, MAP(1, map), MOV(2, FP), ADDI(2, KEY), CALL(map_lookup_elem));
}

/* r6 = context: { struct pt_regs *regs, long ret }; r7 = ret */
static void find_task(struct ct_asm *a, int tasks)
{
	CT_ASM(a, MOV(6, 1), CALL(get_current_pid_tgid), STORE32(FP, KEY, 0),
	       STORE32(FP, TID, 0));
	look_up(a, tasks);
	ct_asm_jump(a, IF_EQ(0, 0), LABEL_OUT);
	CT_ASM(a, LOAD32(1, 0, offsetof(struct ct_watched, serial)),
	       STORE32(FP, SERIAL, 1), LOAD32(1, 0, offsetof(struct ct_watched, builds)),
	       STORE32(FP, BUILDS, 1), LOAD64(7, 6, 8));
	/* it starts again on its own: that was no end */
	ct_asm_jump(a, IF_SGE(7, -ERESTART_FIRST + 1), LABEL_ENDED);
	ct_asm_jump(a, IF_SGE(7, -ERESTART_LAST), LABEL_OUT);
	ct_asm_label(a, LABEL_ENDED);
}

/* r8 = TS_COMPAT or 0. Leaves out what ptrace will see. */
static void check_thread(struct ct_asm *a, const struct ct_thread_layout *layout)
{
	CT_ASM(a, CALL(get_current_task), MOV(3, 0), MOV(1, FP), ADDI(1, INFO),
	       MOVI(2, THREAD_INFO_LEN), CALL(probe_read_kernel),
	       LOAD64(1, FP, INFO + layout->work));
	ct_asm_jump(a, IF_BITS(1, 1 << layout->traced_bit), LABEL_OUT);
	/* a tracepoint without this bit cannot be: the layout is not this kernel's */
	CT_ASM(a, ANDI(1, 1 << layout->tracepoint_bit));
	ct_asm_jump(a, IF_EQ(1, 0), LABEL_OUT);
	CT_ASM(a, LOAD32(8, FP, INFO + layout->status), ANDI(8, TS_COMPAT));
}

/* r9 = the plan of the call */
static void find_plan(struct ct_asm *a, int plans)
{
	CT_ASM(a, MOV(1, FP), ADDI(1, NR), MOVI(2, 8), LOAD64(3, 6, 0),
	       ADDI(3, CT_REG_NR * 8), CALL(probe_read_kernel), LOAD64(1, FP, NR));
	/* rt_sigreturn has put back what a signal interrupted: no call of its own */
	ct_asm_jump(a, IF_EQ(1, -1), LABEL_OUT);
	ct_asm_jump(a, IF_GT(1, CT_WATCH_NUMBERS - 1), LABEL_OTHER);
	ct_asm_jump(a, IF_EQ(8, 0), LABEL_FIND_PLAN);
	CT_ASM(a, ADDI(1, CT_WATCH_NUMBERS));
	ct_asm_jump(a, ALWAYS, LABEL_FIND_PLAN);
	ct_asm_label(a, LABEL_OTHER);
	CT_ASM(a, MOVI(1, CT_WATCH_OTHER));
	ct_asm_label(a, LABEL_FIND_PLAN);
	CT_ASM(a, STORE32(FP, KEY, 1));
	look_up(a, plans);
	ct_asm_jump(a, IF_EQ(0, 0), LABEL_OUT);
	CT_ASM(a, MOV(9, 0));
}

/* r0 = 0 when the signal is on its way: then the stop tells everything. Nobody can block
 * SIGSTOP; an i386 call's registers are not worth the trouble. */
static void halt(struct ct_asm *a)
{
	CT_ASM(a, LOAD32(1, FP, BUILDS), ANDI(1, CT_BUILDS_HALT));
	ct_asm_jump(a, IF_EQ(1, 0), LABEL_WANTED);
	ct_asm_jump(a, IF_NE(8, 0), LABEL_WANTED);
	CT_ASM(a, MOVI(1, SIGSTOP), CALL(send_signal_thread));
	ct_asm_jump(a, IF_EQ(0, 0), LABEL_OUT);
}

static void check_plan(struct ct_asm *a)
{
	CT_ASM(a, LOAD32(1, 9, offsetof(struct ct_watch_plan, flags)));
	ct_asm_jump(a, IF_SGE(7, 0), LABEL_SUCCEEDED);
	ct_asm_jump(a, IF_SLT(7, -ERRNO_MAX), LABEL_SUCCEEDED);
	ct_asm_jump(a, IF_BITS(1, CT_WATCH_QUIET), LABEL_OUT);
	halt(a);
	ct_asm_jump(a, ALWAYS, LABEL_WANTED);
	ct_asm_label(a, LABEL_SUCCEEDED);
	ct_asm_jump(a, IF_BITS(1, CT_WATCH_ANSWER), LABEL_WANTED);
	CT_ASM(a, ANDI(1, CT_WATCH_KEEP), LOAD32(2, FP, BUILDS), MUL(1, 2));
	ct_asm_jump(a, IF_EQ(1, 0), LABEL_OUT);
	ct_asm_label(a, LABEL_WANTED);
}

/* r8 = the report, with everything but the pieces; r7: where those begin */
static void fill_report(struct ct_asm *a, int scratch)
{
	CT_ASM(a, STORE32I(FP, KEY, 0));
	look_up(a, scratch);
	ct_asm_jump(a, IF_EQ(0, 0), LABEL_OUT);
	CT_ASM(a, STORE32(0, FIELD(compat), 8), MOV(8, 0), STORE64(8, FIELD(ret), 7),
	       LOAD32(1, FP, TID), STORE32(8, FIELD(tid), 1), LOAD32(1, FP, SERIAL),
	       STORE32(8, FIELD(serial), 1), MOV(1, 8), ADDI(1, FIELD(regs)),
	       MOVI(2, CT_REGS * 8), LOAD64(3, 6, 0), CALL(probe_read_kernel),
	       CALL(ktime_get_ns), STORE64(8, FIELD(t_ns), 0),
	       MOVI(7, sizeof(struct ct_report)));
	for (int i = 0; i < CT_PIECES; i++)
		CT_ASM(a, STORE32I(8, FIELD(got) + i * 4, 0));
	/* of a call that succeeded, the entry has told the rest */
	CT_ASM(a, LOAD64(1, 8, FIELD(ret)),
	       LOAD32(2, 9, offsetof(struct ct_watch_plan, flags)));
	ct_asm_jump(a, IF_SLT(1, 0), LABEL_COPY);
	ct_asm_jump(a, IF_BITS(2, CT_WATCH_ANSWER), LABEL_SEND);
	ct_asm_label(a, LABEL_COPY);
}

/* d = the word of the registers whose number is in register n; n is lost */
#define REGISTER(d, n) ANDI(n, REG_MASK), SHLI(n, 3), ADD(n, 8), LOAD64(d, n, FIELD(regs))

/* r2 = how many bytes to copy */
static void measure_bytes(struct ct_asm *a, short piece, unsigned int labels)
{
	CT_ASM(a, LOAD32(2, 9, piece + (short)offsetof(struct ct_piece, max)),
	       LOAD8(1, 9, piece + (short)offsetof(struct ct_piece, len)));
	ct_asm_jump(a, IF_EQ(1, CT_REG_NONE), labels + PIECE_CAPPED);
	CT_ASM(a, REGISTER(4, 1));
	ct_asm_jump(a, IF_GE(4, 2), labels + PIECE_CAPPED);
	CT_ASM(a, MOV(2, 4));
	ct_asm_label(a, labels + PIECE_CAPPED);
}

/* The vector of the message that r3 points to; what it does not have is zero. */
static void read_vector(struct ct_asm *a, short got, unsigned int next)
{
	for (short at = 0; at < 64; at += 8)
		CT_ASM(a, STORE64I(FP, VECTOR + at, 0));
	CT_ASM(a, LOAD64(1, 8, FIELD(ret)), STORE64(FP, LEFT, 1),
	       ADDI(3, offsetof(struct msghdr, msg_iov)), MOV(1, FP), ADDI(1, VECTOR),
	       MOVI(2, 16), CALL(probe_read_user), STORE32(8, got, 0));
	ct_asm_jump(a, IF_NE(0, 0), next);
	CT_ASM(a, LOAD64(3, FP, VECTOR), LOAD64(2, FP, VECTOR + 8),
	       STORE64I(FP, VECTOR, 0), STORE64I(FP, VECTOR + 8, 0));
	ct_asm_jump(a, IF_LE_IMM(2, CT_IOVECS), LABEL_FEW);
	CT_ASM(a, MOVI(2, CT_IOVECS));
	ct_asm_label(a, LABEL_FEW);
	CT_ASM(a, SHLI(2, 4), ANDI(2, 63), MOV(1, FP), ADDI(1, VECTOR),
	       CALL(probe_read_user), STORE32(8, got, 0));
	ct_asm_jump(a, IF_NE(0, 0), next);
}

/* What a message of up to CT_IOVECS buffers holds, end to end; `got` is their sum. */
static void copy_message(struct ct_asm *a, short got, unsigned int next)
{
	read_vector(a, got, next);
	for (int i = 0; i < CT_IOVECS; i++) {
		unsigned int labels = LABEL_IOVEC + (unsigned int)i * IOVEC_LABELS;
		short iovec = (short)(VECTOR + i * 16);

		CT_ASM(a, LOAD64(3, FP, iovec), LOAD64(4, FP, iovec + 8),
		       LOAD64(2, FP, LEFT));
		ct_asm_jump(a, IF_GE(4, 2), labels + IOVEC_SHORT);
		CT_ASM(a, MOV(2, 4));
		ct_asm_label(a, labels + IOVEC_SHORT);
		ct_asm_jump(a, IF_LE_IMM(2, CT_BYTES_MAX - 1), labels + IOVEC_CAPPED);
		CT_ASM(a, MOVI(2, CT_BYTES_MAX - 1));
		ct_asm_label(a, labels + IOVEC_CAPPED);
		CT_ASM(a, ANDI(2, CT_BYTES_MAX - 1), MOV(6, 2), MOV(1, 8), ADD(1, 7),
		       CALL(probe_read_user));
		ct_asm_jump(a, IF_NE(0, 0), next);
		CT_ASM(a, ADD(7, 6), LOAD32(1, 8, got), ADD(1, 6), STORE32(8, got, 1),
		       LOAD64(1, FP, LEFT), SUB(1, 6), STORE64(FP, LEFT, 1));
		/* no hole: behind what was too long comes nothing */
		ct_asm_jump(a, IF_EQ(6, CT_BYTES_MAX - 1), next);
	}
}

/* r7: where in the report the bytes go; it is moved on. r6: lost. */
static void copy_piece(struct ct_asm *a, int i)
{
	unsigned int labels = LABEL_PIECE + (unsigned int)i * PIECE_LABELS;
	short piece = (short)(offsetof(struct ct_watch_plan, piece) +
			      (size_t)i * sizeof(struct ct_piece));
	short got = (short)(FIELD(got) + i * 4);

	CT_ASM(a, LOAD8(6, 9, piece));
	ct_asm_jump(a, IF_EQ(6, CT_PIECE_NONE), labels + PIECE_NEXT);
	CT_ASM(a, LOAD8(2, 9, piece + (short)offsetof(struct ct_piece, reg)),
	       REGISTER(3, 2));
	if (i == 0)
		ct_asm_jump(a, IF_EQ(6, CT_PIECE_MSG), LABEL_MSG);
	ct_asm_jump(a, IF_NE(6, CT_PIECE_STR), labels + PIECE_BYTES);
	CT_ASM(a, MOV(1, 8), ADD(1, 7), MOVI(2, CT_STR_MAX), CALL(probe_read_user_str),
	       STORE32(8, got, 0));
	ct_asm_jump(a, IF_SLE(0, 0), labels + PIECE_NEXT);
	/* without its NUL; the mask tells the verifier what it cannot know */
	CT_ASM(a, ADDI(0, -1), ANDI(0, CT_STR_MAX - 1), ADD(7, 0));
	ct_asm_jump(a, ALWAYS, labels + PIECE_NEXT);

	ct_asm_label(a, labels + PIECE_BYTES);
	measure_bytes(a, piece, labels);
	CT_ASM(a, ANDI(2, CT_BYTES_MAX - 1), MOV(6, 2), MOV(1, 8), ADD(1, 7),
	       CALL(probe_read_user), STORE32(8, got, 0));
	ct_asm_jump(a, IF_NE(0, 0), labels + PIECE_NEXT);
	CT_ASM(a, STORE32(8, got, 6), ADD(7, 6));
	if (i == 0) {
		ct_asm_jump(a, ALWAYS, labels + PIECE_NEXT);
		ct_asm_label(a, LABEL_MSG);
		copy_message(a, got, labels + PIECE_NEXT);
	}
	ct_asm_label(a, labels + PIECE_NEXT);
}

static void send_report(struct ct_asm *a, int ring, int lost)
{
	ct_asm_label(a, LABEL_SEND);
	/* flags 0: wakes a reader who has read everything, not one who is behind */
	CT_ASM(a, MAP(1, ring), MOV(2, 8), MOV(3, 7), MOVI(4, 0), CALL(ringbuf_output));
	ct_asm_jump(a, IF_EQ(0, 0), LABEL_OUT);
	CT_ASM(a, STORE32I(FP, KEY, 0));
	look_up(a, lost);
	ct_asm_jump(a, IF_EQ(0, 0), LABEL_OUT);
	CT_ASM(a, MOVI(1, 1), ATOMIC_ADD64(0, 0, 1));
}

void ct_program_assemble(struct ct_asm *a, const struct ct_program_maps *maps,
			 const struct ct_thread_layout *layout)
{
	memset(a, 0, sizeof(*a));
	find_task(a, maps->tasks);
	check_thread(a, layout);
	find_plan(a, maps->plans);
	check_plan(a);
	fill_report(a, maps->scratch);
	for (int i = 0; i < CT_PIECES; i++)
		copy_piece(a, i);
	send_report(a, maps->ring, maps->lost);
	ct_asm_label(a, LABEL_OUT);
	CT_ASM(a, MOVI(0, 0), EXIT);
	ct_asm_link(a);
}
