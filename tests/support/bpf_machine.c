/* SPDX-License-Identifier: MIT */
/* One register set, one instruction after the other. */
#include "bpf_machine.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct machine {
	const struct seccomp_data *data;
	uint32_t a, x, scratch[BPF_MEMWORDS];
	size_t pc;
};

static uint32_t load(const struct machine *m, const struct sock_filter *in)
{
	uint32_t word;

	if (BPF_MODE(in->code) == BPF_IMM)
		return in->k;
	if (BPF_MODE(in->code) == BPF_LEN)
		return sizeof(*m->data);
	if (BPF_MODE(in->code) == BPF_MEM)
		return m->scratch[in->k];
	memcpy(&word, (const char *)m->data + in->k, sizeof(word));
	return word;
}

static uint32_t alu(uint16_t op, uint32_t a, uint32_t b)
{
	switch (op) {
	case BPF_ADD:
		return a + b;
	case BPF_SUB:
		return a - b;
	case BPF_MUL:
		return a * b;
	case BPF_DIV:
		return a / b;
	case BPF_OR:
		return a | b;
	case BPF_AND:
		return a & b;
	case BPF_XOR:
		return a ^ b;
	case BPF_LSH:
		return a << (b & 31);
	case BPF_RSH:
		return a >> (b & 31);
	case BPF_NEG:
		return -a;
	}
	abort();
}

static bool holds(uint16_t op, uint32_t a, uint32_t b)
{
	switch (op) {
	case BPF_JEQ:
		return a == b;
	case BPF_JGT:
		return a > b;
	case BPF_JGE:
		return a >= b;
	case BPF_JSET:
		return a & b;
	}
	abort();
}

static void jump(struct machine *m, const struct sock_filter *in, uint32_t operand)
{
	if (BPF_OP(in->code) == BPF_JA)
		m->pc += in->k;
	else
		m->pc += holds(BPF_OP(in->code), m->a, operand) ? in->jt : in->jf;
}

uint32_t bpf_machine_run(const struct ct_bpf_program *program,
			 const struct seccomp_data *data)
{
	struct machine m = { .data = data };

	for (;;) {
		const struct sock_filter *in = &program->instructions[m.pc++];
		uint32_t operand = BPF_SRC(in->code) == BPF_X ? m.x : in->k;

		switch (BPF_CLASS(in->code)) {
		case BPF_LD:
			m.a = load(&m, in);
			break;
		case BPF_LDX:
			m.x = load(&m, in);
			break;
		case BPF_ST:
			m.scratch[in->k] = m.a;
			break;
		case BPF_STX:
			m.scratch[in->k] = m.x;
			break;
		case BPF_ALU:
			if (BPF_OP(in->code) == BPF_DIV && !operand)
				return SECCOMP_RET_KILL_THREAD;
			m.a = alu(BPF_OP(in->code), m.a, operand);
			break;
		case BPF_JMP:
			jump(&m, in, operand);
			break;
		case BPF_RET:
			return BPF_RVAL(in->code) == BPF_A ? m.a : in->k;
		default:
			if (BPF_MISCOP(in->code) == BPF_TAX)
				m.x = m.a;
			else
				m.a = m.x;
		}
	}
}
