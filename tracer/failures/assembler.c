/* SPDX-License-Identifier: MIT */
/* Putting BPF instructions together. */
#include "assembler.h"

#include <assert.h>
#include <string.h>

void ct_asm_add(struct ct_asm *a, const struct bpf_insn *insns, size_t n)
{
	assert(a->n + n <= CT_ASM_MAX);
	memcpy(a->insns + a->n, insns, n * sizeof(*insns));
	a->n += n;
}

void ct_asm_label(struct ct_asm *a, unsigned int label)
{
	assert(label < CT_ASM_LABELS);
	a->label[label] = a->n;
}

void ct_asm_jump(struct ct_asm *a, struct bpf_insn insn, unsigned int label)
{
	a->jump[a->n_jumps].at = a->n;
	a->jump[a->n_jumps++].label = label;
	ct_asm_add(a, &insn, 1);
}

void ct_asm_begin(struct ct_asm *a, unsigned int label)
{
	assert(a->n_functions < CT_ASM_FUNCTIONS);
	a->function[a->n_functions++] = a->n;
	ct_asm_label(a, label);
}

void ct_asm_function(struct ct_asm *a, uint8_t d, unsigned int label)
{
	ct_asm_jump(a, INSN(BPF_LD | BPF_DW | BPF_IMM, d, BPF_PSEUDO_FUNC, 0, 0), label);
	CT_ASM(a, INSN(0, 0, 0, 0, 0));
}

void ct_asm_link(struct ct_asm *a)
{
	for (size_t i = 0; i < a->n_jumps; i++) {
		size_t at = a->jump[i].at, to = a->label[a->jump[i].label];

		/* both count from the instruction after it */
		if (a->insns[at].src_reg == BPF_PSEUDO_FUNC &&
		    BPF_CLASS(a->insns[at].code) == BPF_LD)
			a->insns[at].imm = (int)(to - at - 1);
		else
			a->insns[at].off = (short)(to - at - 1);
	}
}
