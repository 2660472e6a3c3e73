/* SPDX-License-Identifier: MIT */
/* BPF instructions by their usual names, and jumps to labels. */
#ifndef CTTRACE_FAILURES_ASSEMBLER_H
#define CTTRACE_FAILURES_ASSEMBLER_H

#include <linux/bpf.h>
#include <stddef.h>
#include <stdint.h>

#define CT_ASM_MAX       1792 /* instructions */
#define CT_ASM_LABELS    160
#define CT_ASM_FUNCTIONS 4

/*
 * A program while it grows. A jump names a label; which instruction that is may be said
 * before or after the jump.
 */
struct ct_asm {
	struct bpf_insn insns[CT_ASM_MAX];
	size_t n;
	size_t label[CT_ASM_LABELS]; /* instruction number */
	struct {
		size_t at;
		unsigned int label;
	} jump[CT_ASM_MAX];
	size_t n_jumps;
	size_t function[CT_ASM_FUNCTIONS]; /* where each begins, in this order */
	size_t n_functions;
};

void ct_asm_add(struct ct_asm *a, const struct bpf_insn *insns, size_t n);
/* The next instruction is what jumps to `label` lead to. */
void ct_asm_label(struct ct_asm *a, unsigned int label);
/* A conditional jump: its offset is filled in by ct_asm_link(). */
void ct_asm_jump(struct ct_asm *a, struct bpf_insn insn, unsigned int label);
/* The next instruction begins a function that a helper may call. */
void ct_asm_begin(struct ct_asm *a, unsigned int label);
/* d = such a function */
void ct_asm_function(struct ct_asm *a, uint8_t d, unsigned int label);
/* All labels are known: fills in the offsets of the jumps. */
void ct_asm_link(struct ct_asm *a);

#define CT_ASM(a, ...)                                                \
	ct_asm_add((a), (const struct bpf_insn[]){ __VA_ARGS__ },     \
		   sizeof((const struct bpf_insn[]){ __VA_ARGS__ }) / \
			   sizeof(struct bpf_insn))

/* d, s: registers 0 to 10; o: offset; i: number. 10 is the frame pointer. */
#define INSN(c, d, s, o, i) \
	((struct bpf_insn){ \
		.code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) })

#define MOV(d, s)  INSN(BPF_ALU64 | BPF_MOV | BPF_X, d, s, 0, 0)
#define MOVI(d, i) INSN(BPF_ALU64 | BPF_MOV | BPF_K, d, 0, 0, i)
#define ADD(d, s)  INSN(BPF_ALU64 | BPF_ADD | BPF_X, d, s, 0, 0)
#define SUB(d, s)  INSN(BPF_ALU64 | BPF_SUB | BPF_X, d, s, 0, 0)
#define ADDI(d, i) INSN(BPF_ALU64 | BPF_ADD | BPF_K, d, 0, 0, i)
#define MUL(d, s)  INSN(BPF_ALU64 | BPF_MUL | BPF_X, d, s, 0, 0)
#define MULI(d, i) INSN(BPF_ALU64 | BPF_MUL | BPF_K, d, 0, 0, i)
#define ANDI(d, i) INSN(BPF_ALU64 | BPF_AND | BPF_K, d, 0, 0, i)
#define ORI(d, i)  INSN(BPF_ALU64 | BPF_OR | BPF_K, d, 0, 0, i)
#define SHLI(d, i) INSN(BPF_ALU64 | BPF_LSH | BPF_K, d, 0, 0, i)

#define SHL(d, s)  INSN(BPF_ALU64 | BPF_LSH | BPF_X, d, s, 0, 0)
#define OR(d, s)   INSN(BPF_ALU64 | BPF_OR | BPF_X, d, s, 0, 0)
#define SHRI(d, i) INSN(BPF_ALU64 | BPF_RSH | BPF_K, d, 0, 0, i)
#define SARI(d, i) INSN(BPF_ALU64 | BPF_ARSH | BPF_K, d, 0, 0, i)
#define SHR(d, s)  INSN(BPF_ALU64 | BPF_RSH | BPF_X, d, s, 0, 0)
/* the lower half; the upper one is 0 then */
#define MOV32(d, s) INSN(BPF_ALU | BPF_MOV | BPF_X, d, s, 0, 0)
#define AND32(d, s) INSN(BPF_ALU | BPF_AND | BPF_X, d, s, 0, 0)

#define LOAD8(d, s, o)  INSN(BPF_LDX | BPF_MEM | BPF_B, d, s, o, 0)
#define LOAD16(d, s, o) INSN(BPF_LDX | BPF_MEM | BPF_H, d, s, o, 0)
#define LOAD32(d, s, o) INSN(BPF_LDX | BPF_MEM | BPF_W, d, s, o, 0)
#define LOAD64(d, s, o) INSN(BPF_LDX | BPF_MEM | BPF_DW, d, s, o, 0)

#define STORE32(d, o, s)  INSN(BPF_STX | BPF_MEM | BPF_W, d, s, o, 0)
#define STORE64(d, o, s)  INSN(BPF_STX | BPF_MEM | BPF_DW, d, s, o, 0)
#define STORE8I(d, o, i)  INSN(BPF_ST | BPF_MEM | BPF_B, d, 0, o, i)
#define STORE64I(d, o, i) INSN(BPF_ST | BPF_MEM | BPF_DW, d, 0, o, i)
#define STORE32I(d, o, i) INSN(BPF_ST | BPF_MEM | BPF_W, d, 0, o, i)
#define STORE64I(d, o, i) INSN(BPF_ST | BPF_MEM | BPF_DW, d, 0, o, i)

/* The same encoding as BPF_ATOMIC with BPF_ADD, which kernels before 5.12 do not know. */
#define ATOMIC_ADD64(d, o, s) INSN(BPF_STX | BPF_XADD | BPF_DW, d, s, o, 0)

/* Conditions of ct_asm_jump(): s… compare signed. */
#define IF_EQ(d, i)     INSN(BPF_JMP | BPF_JEQ | BPF_K, d, 0, 0, i)
#define IF_NE(d, i)     INSN(BPF_JMP | BPF_JNE | BPF_K, d, 0, 0, i)
#define IF_GT(d, i)     INSN(BPF_JMP | BPF_JGT | BPF_K, d, 0, 0, i)
#define IF_LT(d, i)     INSN(BPF_JMP | BPF_JLT | BPF_K, d, 0, 0, i)
#define IF_LE(d, s)     INSN(BPF_JMP | BPF_JLE | BPF_X, d, s, 0, 0)
#define IF_GE(d, s)     INSN(BPF_JMP | BPF_JGE | BPF_X, d, s, 0, 0)
#define IF_LE_IMM(d, i) INSN(BPF_JMP | BPF_JLE | BPF_K, d, 0, 0, i)
#define IF_SLT(d, i)    INSN(BPF_JMP | BPF_JSLT | BPF_K, d, 0, 0, i)
#define IF_SLE(d, i)    INSN(BPF_JMP | BPF_JSLE | BPF_K, d, 0, 0, i)
#define IF_SGE(d, i)    INSN(BPF_JMP | BPF_JSGE | BPF_K, d, 0, 0, i)
#define IF_BITS(d, i)   INSN(BPF_JMP | BPF_JSET | BPF_K, d, 0, 0, i)
#define IF_SAME(d, s)   INSN(BPF_JMP | BPF_JEQ | BPF_X, d, s, 0, 0)
#define IF_DIFFER(d, s) INSN(BPF_JMP | BPF_JNE | BPF_X, d, s, 0, 0)
#define IF_EQ32(d, i)   INSN(BPF_JMP32 | BPF_JEQ | BPF_K, d, 0, 0, i)
#define ALWAYS          INSN(BPF_JMP | BPF_JA, 0, 0, 0, 0)

#define CALL(fn) INSN(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_##fn)
#define EXIT     INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)

/* A map by its descriptor: an instruction of two words. */
#define MAP(d, fd) \
	INSN(BPF_LD | BPF_DW | BPF_IMM, d, BPF_PSEUDO_MAP_FD, 0, fd), INSN(0, 0, 0, 0, 0)

#endif
