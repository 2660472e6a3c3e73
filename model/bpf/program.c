/* SPDX-License-Identifier: MIT */
/* Checks programs as the kernel does before it runs one. */
#include "program.h"

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define SCRATCH_ALL ((1U << BPF_MEMWORDS) - 1)

typedef bool check_fn(const struct sock_filter *in, size_t room);

static bool fine(const struct sock_filter *in, size_t room)
{
	(void)in, (void)room;
	return true;
}

static bool names_word(const struct sock_filter *in, size_t room)
{
	(void)room;
	return in->k < sizeof(struct seccomp_data) && in->k % sizeof(uint32_t) == 0;
}

static bool names_scratch(const struct sock_filter *in, size_t room)
{
	(void)room;
	return in->k < BPF_MEMWORDS;
}

static bool divides(const struct sock_filter *in, size_t room)
{
	(void)room;
	return in->k != 0;
}

static bool shifts(const struct sock_filter *in, size_t room)
{
	(void)room;
	return in->k < 32;
}

static bool jumps(const struct sock_filter *in, size_t room)
{
	return in->k < room;
}

static bool branches(const struct sock_filter *in, size_t room)
{
	return in->jt < room && in->jf < room;
}

#define ALU(op)                              \
	{ BPF_ALU | (op) | BPF_K, fine },    \
	{                                    \
		BPF_ALU | (op) | BPF_X, fine \
	}
#define TEST(op)                                 \
	{ BPF_JMP | (op) | BPF_K, branches },    \
	{                                        \
		BPF_JMP | (op) | BPF_X, branches \
	}

/*
 * What is left of classic BPF for seccomp (kernel/seccomp.c, seccomp_check_filter): no
 * loads but of whole words of struct seccomp_data, no BPF_MOD, no ancillary data.
 */
static const struct operation {
	uint16_t code;
	check_fn *check; /* room: how many instructions follow this one */
} operations[] = {
	{ BPF_LD | BPF_W | BPF_ABS, names_word },
	{ BPF_LD | BPF_W | BPF_LEN, fine },
	{ BPF_LD | BPF_IMM, fine },
	{ BPF_LD | BPF_MEM, names_scratch },
	{ BPF_LDX | BPF_W | BPF_LEN, fine },
	{ BPF_LDX | BPF_IMM, fine },
	{ BPF_LDX | BPF_MEM, names_scratch },
	{ BPF_ST, names_scratch },
	{ BPF_STX, names_scratch },
	ALU(BPF_ADD),
	ALU(BPF_SUB),
	ALU(BPF_MUL),
	ALU(BPF_AND),
	ALU(BPF_OR),
	ALU(BPF_XOR),
	{ BPF_ALU | BPF_DIV | BPF_K, divides },
	{ BPF_ALU | BPF_DIV | BPF_X, fine },
	{ BPF_ALU | BPF_LSH | BPF_K, shifts },
	{ BPF_ALU | BPF_LSH | BPF_X, fine },
	{ BPF_ALU | BPF_RSH | BPF_K, shifts },
	{ BPF_ALU | BPF_RSH | BPF_X, fine },
	{ BPF_ALU | BPF_NEG, fine },
	{ BPF_JMP | BPF_JA, jumps },
	TEST(BPF_JEQ),
	TEST(BPF_JGT),
	TEST(BPF_JGE),
	TEST(BPF_JSET),
	{ BPF_RET | BPF_K, fine },
	{ BPF_RET | BPF_A, fine },
	{ BPF_MISC | BPF_TAX, fine },
	{ BPF_MISC | BPF_TXA, fine },
};

static bool allowed(const struct sock_filter *in, size_t room)
{
	for (size_t i = 0; i < sizeof(operations) / sizeof(*operations); i++)
		if (operations[i].code == in->code)
			return operations[i].check(in, room);
	return false;
}

/* Bit N: scratch word N was written on every way that leads to an instruction. */
struct written {
	uint16_t now;
	uint16_t at[BPF_MAXINSNS];
};

static bool is_scratch_read(uint16_t code)
{
	return code == (BPF_LD | BPF_MEM) || code == (BPF_LDX | BPF_MEM);
}

static void follow(struct written *w, const struct sock_filter *in, size_t pc)
{
	if (BPF_CLASS(in->code) == BPF_ST || BPF_CLASS(in->code) == BPF_STX)
		w->now |= (uint16_t)(1U << in->k);
	if (BPF_CLASS(in->code) != BPF_JMP)
		return;
	if (BPF_OP(in->code) == BPF_JA) {
		w->at[pc + 1 + in->k] &= w->now;
	} else {
		w->at[pc + 1 + in->jt] &= w->now;
		w->at[pc + 1 + in->jf] &= w->now;
	}
	/* what follows is reached by jumps alone, and they have said what they know */
	w->now = SCRATCH_ALL;
}

static bool reads_what_it_wrote(const struct ct_bpf_program *program)
{
	struct written w = { 0 };

	memset(w.at, 0xff, sizeof(w.at));
	for (size_t pc = 0; pc < program->len; pc++) {
		const struct sock_filter *in = &program->instructions[pc];

		w.now &= w.at[pc];
		if (is_scratch_read(in->code) && !(w.now & 1U << in->k))
			return false;
		follow(&w, in, pc);
	}
	return true;
}

static bool acceptable(const struct ct_bpf_program *program)
{
	const struct sock_filter *in = program->instructions;

	for (size_t pc = 0; pc < program->len; pc++)
		if (!allowed(&in[pc], program->len - pc - 1))
			return false;
	return BPF_CLASS(in[program->len - 1].code) == BPF_RET &&
	       reads_what_it_wrote(program);
}

const struct ct_bpf_program *ct_bpf_program_new(struct ct_arena *arena, const char *bytes,
						size_t size)
{
	size_t len = size / sizeof(struct sock_filter);
	struct ct_bpf_program *program;

	if (!len || len > BPF_MAXINSNS || size % sizeof(struct sock_filter))
		return NULL;
	program = ct_arena_alloc(arena, sizeof(*program) + size);
	program->len = len;
	memcpy(program->instructions, bytes, size);
	return acceptable(program) ? program : NULL;
}
