/* SPDX-License-Identifier: MIT */
/* An interpreter of the instructions that device programs are made of. */
#include "device_program.h"

#include <linux/bpf.h>
#include <string.h>

#define REGISTERS 11

/* Numbers, and one pointer that means something: the context. */
struct machine {
	uint64_t reg[REGISTERS];
	bool is_context[REGISTERS];
	uint32_t context[3]; /* struct bpf_cgroup_dev_ctx */
};

static bool compute(uint8_t op, uint64_t *to, uint64_t by, unsigned int bits)
{
	switch (op) {
	case BPF_MOV:
		*to = by;
		return true;
	case BPF_ADD:
		*to += by;
		return true;
	case BPF_SUB:
		*to -= by;
		return true;
	case BPF_AND:
		*to &= by;
		return true;
	case BPF_OR:
		*to |= by;
		return true;
	case BPF_XOR:
		*to ^= by;
		return true;
	case BPF_LSH:
		*to <<= by & (bits - 1);
		return true;
	case BPF_RSH:
		*to >>= by & (bits - 1);
		return true;
	default:
		return false;
	}
}

static bool alu(struct machine *m, const struct bpf_insn *in, bool wide)
{
	bool from_reg = BPF_SRC(in->code) == BPF_X;
	uint64_t by = from_reg ? m->reg[in->src_reg] : (uint64_t)(int64_t)in->imm;
	bool context = from_reg && m->is_context[in->src_reg];
	uint64_t to = m->reg[in->dst_reg];

	/* a pointer may be copied; what is computed with it is no answer */
	if (context && (BPF_OP(in->code) != BPF_MOV || !wide))
		return false;
	if (m->is_context[in->dst_reg] && BPF_OP(in->code) != BPF_MOV)
		return false;
	if (!wide) {
		to = (uint32_t)to;
		by = (uint32_t)by;
	}
	if (in->off || !compute(BPF_OP(in->code), &to, by, wide ? 64 : 32))
		return false;
	m->reg[in->dst_reg] = wide ? to : (uint32_t)to;
	m->is_context[in->dst_reg] = context;
	return true;
}

/* 1: it jumps, 0: it does not, -1: it is not known. */
static int jumps(const struct machine *m, const struct bpf_insn *in, bool wide)
{
	uint64_t a = m->reg[in->dst_reg];
	uint64_t b = BPF_SRC(in->code) == BPF_X ? m->reg[in->src_reg]
						: (uint64_t)(int64_t)in->imm;

	if (m->is_context[in->dst_reg] ||
	    (BPF_SRC(in->code) == BPF_X && m->is_context[in->src_reg]))
		return -1;
	if (!wide) {
		a = (uint32_t)a;
		b = (uint32_t)b;
	}
	switch (BPF_OP(in->code)) {
	case BPF_JEQ:
		return a == b;
	case BPF_JNE:
		return a != b;
	case BPF_JGT:
		return a > b;
	case BPF_JGE:
		return a >= b;
	case BPF_JLT:
		return a < b;
	case BPF_JLE:
		return a <= b;
	case BPF_JSET:
		return (a & b) != 0;
	default:
		return -1;
	}
}

static bool load(struct machine *m, const struct bpf_insn *in)
{
	size_t size = BPF_SIZE(in->code) == BPF_W   ? 4
		      : BPF_SIZE(in->code) == BPF_H ? 2
		      : BPF_SIZE(in->code) == BPF_B ? 1
						    : 0;
	uint64_t value = 0;

	if (!size || BPF_MODE(in->code) != BPF_MEM || !m->is_context[in->src_reg] ||
	    in->off < 0 || (size_t)in->off + size > sizeof(m->context))
		return false;
	memcpy(&value, (const char *)m->context + in->off, size);
	m->reg[in->dst_reg] = value;
	m->is_context[in->dst_reg] = false;
	return true;
}

static bool is_exit(const struct bpf_insn *in)
{
	return in->code == (BPF_JMP | BPF_EXIT);
}

/* The number of the next instruction; 0: what this one does is not known. */
static size_t step(struct machine *m, const struct bpf_insn *in, size_t at)
{
	uint8_t class = BPF_CLASS(in->code);
	int jump = 0;

	if (in->dst_reg >= REGISTERS || in->src_reg >= REGISTERS)
		return 0;
	if (class == BPF_ALU || class == BPF_ALU64)
		return alu(m, in, class == BPF_ALU64) ? at + 1 : 0;
	if (class == BPF_LDX)
		return load(m, in) ? at + 1 : 0;
	if (class != BPF_JMP && class != BPF_JMP32)
		return 0;
	jump = BPF_OP(in->code) == BPF_JA ? 1 : jumps(m, in, class == BPF_JMP);
	/* only forward: then a run is never longer than the program */
	if (jump < 0 || (jump && in->off < 0))
		return 0;
	return at + 1 + (jump ? (size_t)in->off : 0);
}

int ct_device_ask(const void *bytes, size_t len, const struct ct_device_question *q)
{
	size_t n = len / sizeof(struct bpf_insn);
	struct machine m = { .is_context = { [1] = true } };
	struct bpf_insn in;

	m.context[0] =
		q->access << 16 | (q->block ? BPF_DEVCG_DEV_BLOCK : BPF_DEVCG_DEV_CHAR);
	m.context[1] = q->major;
	m.context[2] = q->minor;
	for (size_t at = 0; at < n;) {
		memcpy(&in, (const char *)bytes + at * sizeof(in), sizeof(in));
		if (is_exit(&in))
			return m.is_context[0] ? -1 : m.reg[0] != 0;
		at = step(&m, &in, at);
		if (!at)
			return -1;
	}
	return -1;
}
