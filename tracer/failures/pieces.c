/* SPDX-License-Identifier: MIT */
/*
 * What a call's arguments point to, copied piece by piece behind the report. Where there
 * is bpf_loop(), a piece and a buffer of a message are functions that it calls: the
 * verifier looks at each once. Written out one after the other, it follows every way
 * through all of them, which takes it ten times as long; so only older kernels get that.
 *
 * In both forms: r8 the report, r9 the plan, the number of the piece or the buffer at
 * CT_AT_INDEX of the frame; r6 and r7 are lost.
 */
#include "frame.h"

#include <fcntl.h>
#include <sys/socket.h>

#define PAGE_BYTES 4096
#define FP         CT_FP
#define W          CT_WALKED

/* So far into the report a piece may begin; it never comes as far. For the verifier. */
#define PIECES_END (CT_REPORT_MAX - CT_BYTES_MAX)

/* Labels of each piece, */
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
};

/* and of each buffer. */
enum {
	IOVEC_SHORT,
	IOVEC_LONG,
	IOVEC_CAPPED,
	IOVEC_LABELS,
};

enum {
	LABEL_IOVEC = CT_LABEL_PIECE + CT_PIECES * PIECE_LABELS,
	LABEL_VECTOR = LABEL_IOVEC + CT_IOVECS * IOVEC_LABELS,
	LABEL_MSG,
	LABEL_FEW,
	LABEL_NO_MSG,
	LABEL_PIECE_FUNCTION,
	LABEL_PIECE_STOP,
	LABEL_IOVEC_FUNCTION,
	LABEL_IOVEC_STOP,
	LABEL_LAST,
};
_Static_assert(LABEL_LAST <= CT_ASM_LABELS, "more labels than there is room for");

#define PIECE(member) ((short)offsetof(struct ct_piece, member))

/* d = the word of the registers whose number is in register n; n is lost */
#define REGISTER(d, n) \
	ANDI(n, CT_REG_MASK), SHLI(n, 3), ADD(n, 8), LOAD64(d, n, CT_FIELD(regs))

/* r7 = where the next bytes go; r1 is lost */
static void load_end(struct ct_asm *a, unsigned int none)
{
	CT_ASM(a, LOAD64(7, 8, W(at)));
	ct_asm_jump(a, IF_GT(7, PIECES_END), none);
}

/* got[of this piece] = register s; r1 is lost */
static void store_got(struct ct_asm *a, uint8_t s)
{
	CT_ASM(a, LOAD64(1, FP, CT_AT_INDEX), SHLI(1, 2), ADD(1, 8),
	       STORE32(1, CT_FIELD(got), s));
}

/* r2 bytes from r3 to the report's end; r0 = how that went */
static void copy_bytes(struct ct_asm *a)
{
	CT_ASM(a, MOV(1, 8), ADD(1, 7), CALL(probe_read_user));
}

/* r4 = what to walk to for this piece */
static void ask(struct ct_asm *a)
{
	CT_ASM(a, LOAD64(1, FP, CT_AT_INDEX), MOV(2, 1), SHLI(2, 3), ADD(2, 8),
	       STORE64(2, W(request), 4), MOVI(2, 1), SHL(2, 1),
	       LOAD32(1, 8, CT_FIELD(walks)), OR(1, 2), STORE32(8, CT_FIELD(walks), 1));
}

/*
 * The relative path in a piece begins at a directory: asks for its name. An absolute one
 * may be a magic link; what is behind a short string is what was there before, and is
 * looked at with its NUL in mind by who reads the report.
 */
static void request_dir(struct ct_asm *a, unsigned int labels)
{
	CT_ASM(a, MOV(1, 8), ADD(1, 7), LOAD8(2, 1, 0), LOAD8(5, 6, PIECE(walk)));
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
	CT_ASM(a, LOAD8(1, 6, PIECE(dir)), MOVI(4, AT_FDCWD));
	ct_asm_jump(a, IF_EQ(1, CT_REG_NONE), labels + PIECE_CWD);
	CT_ASM(a, REGISTER(4, 1));
	ct_asm_label(a, labels + PIECE_CWD);
	CT_ASM(a, MOV32(4, 4));
	ct_asm_label(a, labels + PIECE_ASK);
	ask(a);
	ct_asm_label(a, labels + PIECE_MOVE);
}

/* A piece that is about a descriptor: asks for the name and the kind of its file. */
static void request_file(struct ct_asm *a, unsigned int labels)
{
	CT_ASM(a, LOAD8(1, 6, PIECE(walk)));
	ct_asm_jump(a, IF_EQ(1, CT_WALK_RESULT), labels + PIECE_RESULT);
	ct_asm_jump(a, IF_NE(1, CT_WALK_FD), labels + PIECE_DONE);
	CT_ASM(a, LOAD8(1, 6, PIECE(reg)), REGISTER(4, 1));
	ct_asm_jump(a, ALWAYS, labels + PIECE_REQUEST);
	ct_asm_label(a, labels + PIECE_RESULT);
	CT_ASM(a, LOAD64(4, 8, CT_FIELD(ret)));
	ct_asm_jump(a, IF_SLT(4, 0), labels + PIECE_DONE);
	ct_asm_label(a, labels + PIECE_REQUEST);
	CT_ASM(a, MOV32(4, 4), MOVI(1, 1), SHLI(1, CT_REQUEST_KIND_BIT), ADD(4, 1));
	ask(a);
}

/* A string that reaches into a page that is not there: as far as its own page goes. */
static void copy_torn(struct ct_asm *a, unsigned int done)
{
	CT_ASM(a, LOAD8(2, 6, PIECE(reg)), REGISTER(3, 2), MOV(4, 3),
	       ANDI(4, PAGE_BYTES - 1), MOVI(2, PAGE_BYTES), SUB(2, 4));
	ct_asm_jump(a, IF_GT(2, CT_STR_MAX - 1), done);
	CT_ASM(a, STORE64(FP, CT_AT_LENGTH, 2));
	copy_bytes(a);
	ct_asm_jump(a, IF_NE(0, 0), done);
	CT_ASM(a, LOAD64(3, FP, CT_AT_LENGTH), ADD(7, 3), STORE64(8, W(at), 7),
	       ADDI(3, CT_STR_MAX));
	store_got(a, 3);
	ct_asm_jump(a, ALWAYS, done);
}

/* r3 = the string */
static void copy_string(struct ct_asm *a, unsigned int labels)
{
	CT_ASM(a, MOV(1, 8), ADD(1, 7), MOVI(2, CT_STR_MAX), CALL(probe_read_user_str));
	store_got(a, 0);
	ct_asm_jump(a, IF_SLE(0, 0), labels + PIECE_TORN);
	/* without its NUL */
	CT_ASM(a, ADDI(0, -1), ADD(0, 7), STORE64(8, W(at), 0));
	request_dir(a, labels);
	ct_asm_jump(a, ALWAYS, labels + PIECE_DONE);
	ct_asm_label(a, labels + PIECE_TORN);
	copy_torn(a, labels + PIECE_DONE);
}

/* r3 = where they are */
static void copy_some(struct ct_asm *a, unsigned int labels)
{
	CT_ASM(a, LOAD16(2, 6, PIECE(max)), LOAD8(1, 6, PIECE(len)));
	ct_asm_jump(a, IF_EQ(1, CT_REG_NONE), labels + PIECE_CAPPED);
	CT_ASM(a, REGISTER(4, 1));
	ct_asm_jump(a, IF_GE(4, 2), labels + PIECE_CAPPED);
	CT_ASM(a, MOV(2, 4));
	ct_asm_label(a, labels + PIECE_CAPPED);
	CT_ASM(a, ANDI(2, CT_BYTES_MAX - 1), STORE64(FP, CT_AT_LENGTH, 2));
	copy_bytes(a);
	store_got(a, 0);
	ct_asm_jump(a, IF_NE(0, 0), labels + PIECE_NEXT);
	CT_ASM(a, LOAD64(3, FP, CT_AT_LENGTH), ADD(7, 3), STORE64(8, W(at), 7));
	store_got(a, 3);
}

static void copy_piece(struct ct_asm *a, unsigned int labels)
{
	load_end(a, labels + PIECE_DONE);
	CT_ASM(a, LOAD64(6, FP, CT_AT_INDEX), MULI(6, sizeof(struct ct_piece)), ADD(6, 9),
	       ADDI(6, offsetof(struct ct_watch_plan, piece)), LOAD8(1, 6, PIECE(kind)));
	ct_asm_jump(a, IF_EQ(1, CT_PIECE_NONE), labels + PIECE_DONE);
	CT_ASM(a, LOAD8(2, 6, PIECE(reg)), REGISTER(3, 2));
	ct_asm_jump(a, IF_EQ(1, CT_PIECE_BYTES), labels + PIECE_BYTES);
	/* a message has been copied before */
	ct_asm_jump(a, IF_NE(1, CT_PIECE_STR), labels + PIECE_NEXT);
	copy_string(a, labels);
	ct_asm_label(a, labels + PIECE_BYTES);
	copy_some(a, labels);
	ct_asm_label(a, labels + PIECE_NEXT);
	request_file(a, labels);
	ct_asm_label(a, labels + PIECE_DONE);
}

/*
 * The vector of the message that r3 points to, or, for CT_PIECE_IOV in r6, that itself.
 * What it does not have is zero.
 */
static void read_vector(struct ct_asm *a)
{
	short len = (short)offsetof(struct ct_watch_plan, piece) + PIECE(len);
	short vector = W(vector);

	for (size_t i = 0; i < 2ul * CT_IOVECS; i++)
		CT_ASM(a, STORE64I(8, (short)(vector + (short)i * 8), 0));
	CT_ASM(a, LOAD64(1, 8, CT_FIELD(ret)), STORE64(8, W(left), 1), LOAD8(1, 9, len),
	       REGISTER(2, 1));
	ct_asm_jump(a, IF_EQ(6, CT_PIECE_IOV), LABEL_VECTOR);
	CT_ASM(a, ADDI(3, offsetof(struct msghdr, msg_iov)), MOV(1, 8), ADDI(1, vector),
	       MOVI(2, 16), CALL(probe_read_user), STORE32(8, CT_FIELD(got), 0));
	ct_asm_jump(a, IF_NE(0, 0), LABEL_NO_MSG);
	CT_ASM(a, LOAD64(3, 8, vector), LOAD64(2, 8, vector + 8), STORE64I(8, vector, 0),
	       STORE64I(8, vector + 8, 0));
	ct_asm_label(a, LABEL_VECTOR);
	ct_asm_jump(a, IF_LE_IMM(2, CT_IOVECS), LABEL_FEW);
	CT_ASM(a, MOVI(2, CT_IOVECS));
	ct_asm_label(a, LABEL_FEW);
	CT_ASM(a, SHLI(2, 4), ANDI(2, CT_VECTOR_LEN - 1), MOV(1, 8), ADDI(1, vector),
	       CALL(probe_read_user), STORE32(8, CT_FIELD(got), 0));
	ct_asm_jump(a, IF_NE(0, 0), LABEL_NO_MSG);
}

/* One buffer of a message; got[0] is the sum. No more than is left of what the call
 * returned, and no hole: behind what was too long comes nothing. */
static void copy_buffer(struct ct_asm *a, unsigned int labels, unsigned int stop)
{
	load_end(a, stop);
	CT_ASM(a, LOAD64(5, FP, CT_AT_INDEX), MOV(1, 5), SHLI(1, 4), ADD(1, 8),
	       LOAD64(3, 1, W(vector)), LOAD64(2, 1, W(vector) + 8),
	       LOAD64(4, 8, W(left)));
	ct_asm_jump(a, IF_EQ(4, 0), stop);
	ct_asm_jump(a, IF_LE(2, 4), labels + IOVEC_SHORT);
	CT_ASM(a, MOV(2, 4));
	ct_asm_label(a, labels + IOVEC_SHORT);
	CT_ASM(a, MOVI(1, CT_BYTES_MAX - 1));
	ct_asm_jump(a, IF_LT(5, CT_LONG_IOVECS), labels + IOVEC_LONG);
	CT_ASM(a, MOVI(1, CT_SHORT_MAX - 1));
	ct_asm_label(a, labels + IOVEC_LONG);
	ct_asm_jump(a, IF_LE(2, 1), labels + IOVEC_CAPPED);
	CT_ASM(a, MOV(2, 1));
	ct_asm_label(a, labels + IOVEC_CAPPED);
	CT_ASM(a, STORE64(FP, CT_AT_MOST, 1), ANDI(2, CT_BYTES_MAX - 1),
	       STORE64(FP, CT_AT_LENGTH, 2));
	copy_bytes(a);
	ct_asm_jump(a, IF_NE(0, 0), stop);
	CT_ASM(a, LOAD64(6, FP, CT_AT_LENGTH), ADD(7, 6), STORE64(8, W(at), 7),
	       LOAD32(1, 8, CT_FIELD(got)), ADD(1, 6), STORE32(8, CT_FIELD(got), 1),
	       LOAD64(1, 8, W(left)), SUB(1, 6), STORE64(8, W(left), 1),
	       LOAD64(1, FP, CT_AT_MOST));
	ct_asm_jump(a, IF_SAME(6, 1), stop);
}

/* `rounds` calls of the function at `label`, with the report and the plan */
static void loop(struct ct_asm *a, int rounds, unsigned int label)
{
	CT_ASM(a, MOVI(1, rounds));
	ct_asm_function(a, 2, label);
	CT_ASM(a, MOV(3, FP), ADDI(3, CT_AT_REPORT), MOVI(4, 0), CALL(loop));
}

static void store_index(struct ct_asm *a, int i)
{
	CT_ASM(a, MOVI(1, i), STORE64(FP, CT_AT_INDEX, 1));
}

static void copy_message(struct ct_asm *a, bool loops)
{
	short piece = (short)offsetof(struct ct_watch_plan, piece);

	CT_ASM(a, LOAD8(6, 9, piece + PIECE(kind)), LOAD8(2, 9, piece + PIECE(reg)),
	       REGISTER(3, 2));
	ct_asm_jump(a, IF_EQ(6, CT_PIECE_MSG), LABEL_MSG);
	ct_asm_jump(a, IF_NE(6, CT_PIECE_IOV), LABEL_NO_MSG);
	ct_asm_label(a, LABEL_MSG);
	read_vector(a);
	if (loops)
		loop(a, CT_IOVECS, LABEL_IOVEC_FUNCTION);
	for (int i = 0; !loops && i < CT_IOVECS; i++) {
		store_index(a, i);
		copy_buffer(a, LABEL_IOVEC + (unsigned int)i * IOVEC_LABELS,
			    LABEL_NO_MSG);
	}
	ct_asm_label(a, LABEL_NO_MSG);
}

void ct_pieces_copy(struct ct_asm *a, bool loops)
{
	/* only the stack can be shared with a function */
	CT_ASM(a, STORE64(FP, CT_AT_REPORT, 8), STORE64(FP, CT_AT_PLAN, 9));
	copy_message(a, loops);
	if (loops)
		loop(a, CT_PIECES, LABEL_PIECE_FUNCTION);
	for (int i = 0; !loops && i < CT_PIECES; i++) {
		store_index(a, i);
		copy_piece(a, CT_LABEL_PIECE + (unsigned int)i * PIECE_LABELS);
	}
}

/* long f(u64 number, struct { struct ct_report *; struct ct_watch_plan *; } *) */
static void begin_function(struct ct_asm *a, unsigned int label, int rounds,
			   unsigned int stop)
{
	ct_asm_begin(a, label);
	ct_asm_jump(a, IF_GT(1, rounds - 1), stop);
	CT_ASM(a, STORE64(FP, CT_AT_INDEX, 1), LOAD64(8, 2, 0), LOAD64(9, 2, 8));
}

static void end_function(struct ct_asm *a, unsigned int stop)
{
	CT_ASM(a, MOVI(0, 0), EXIT);
	ct_asm_label(a, stop);
	CT_ASM(a, MOVI(0, 1), EXIT);
}

void ct_pieces_functions(struct ct_asm *a)
{
	begin_function(a, LABEL_PIECE_FUNCTION, CT_PIECES, LABEL_PIECE_STOP);
	copy_piece(a, CT_LABEL_PIECE);
	end_function(a, LABEL_PIECE_STOP);
	begin_function(a, LABEL_IOVEC_FUNCTION, CT_IOVECS, LABEL_IOVEC_STOP);
	copy_buffer(a, LABEL_IOVEC, LABEL_IOVEC_STOP);
	end_function(a, LABEL_IOVEC_STOP);
}
